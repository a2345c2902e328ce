/** What somebody who starts the server wants to know. */
export interface BannerOptions {
  readonly host: string;
  readonly port: number;
  /** Sentences of the provider: how tasks are isolated, which limits hold. */
  readonly notes: readonly string[];
  /** Where the server keeps its state, if it keeps it on this machine. */
  readonly stateDirectory?: string | undefined;
  /** The first admin, when this start made one and their key has to be told. */
  readonly firstAdmin?: { readonly email: string; readonly key: FirstAdminKey } | undefined;
}

/** Where the key of the first admin is to be read: here and now, or in a file. */
export type FirstAdminKey =
  { readonly shown: 'here'; readonly apiKey: string } | { readonly shown: 'in-file'; readonly path: string };

function keyLines({ email, key }: NonNullable<BannerOptions['firstAdmin']>): readonly string[] {
  switch (key.shown) {
    case 'here':
      return ['', `Key of ${email}, shown this once:`, `  ${key.apiKey}`];
    case 'in-file':
      return ['', `Key of ${email}: in ${key.path}; delete the file once you have it.`];
  }
}

/** The text that a start ends with. */
export function banner({ host, port, notes, stateDirectory, firstAdmin }: BannerOptions): string {
  const address = `http://${host.includes(':') ? `[${host}]` : host}:${port}/api/v1`;
  const lines = [
    `refacet listens on ${address}`,
    ...(stateDirectory === undefined ? [] : [`State: ${stateDirectory}`]),
    ...notes,
    ...(firstAdmin === undefined ? [] : keyLines(firstAdmin)),
  ];
  return `${lines.join('\n')}\n`;
}
