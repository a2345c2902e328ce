/** What generated programs are written with: marks, facets that note what reaches them, and sources that are no facade. */
export const traceModule = `export const trace: unknown[] = [];

export function mark(label: string): string {
  trace.push(label);
  return label;
}

export const later = (label: string): Promise<string> => Promise.resolve(mark(label));
/** What fails beside something else that throws is waited for by nobody. */
export function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

export const same = <T>(value: T): T => value;
export const pair = (left: string, right: string): string => left + right;
export const made = (): string => mark('made');
export const tag = (texts: TemplateStringsArray, ...values: readonly string[]): string =>
  mark(texts.join('|') + values.join('|'));

export class Held {
  constructor(readonly value: string) {
    mark('held');
  }
}

export function record<T extends object>(name: string, rejecting: readonly string[] = []): T {
  return new Proxy({} as T, {
    get: (_target, member) => {
      if (typeof member === 'symbol' || member === 'then') return undefined;
      return (...args: unknown[]) => {
        trace.push([\`\${name}.\${member}\`, ...args]);
        const words = JSON.stringify(args);
        if (words.includes('"throw"') && !rejecting.includes(member)) throw new Error(\`\${name} threw\`);
        if (/"throw"|"reject"/.test(words)) return Promise.reject(new Error(\`\${name} rejected\`));
        return Promise.resolve(\`\${name}.\${member}\`);
      };
    },
  });
}

/** A source that is no facade. What comes to it through a helper of the facade cannot be told of a throw. */
export const fake = <T extends object>(rejecting: readonly string[]): T => record<T>('fake', rejecting);
`;

/** Runs a consumer and waits for everything that it started. */
export const behaviourModule = `import { trace } from './support/trace.js';
import { main } from './consumer.js';

export async function behaviour(): Promise<unknown> {
  const outcome = await Promise.resolve().then(main).catch((error: unknown) => String(error));
  for (let tick = 0; tick < 50; tick += 1) await undefined;
  return { trace, outcome };
}
`;

/** The facets that a generated facade is made of, all of which note what reaches them. */
export function facetsModule(slots: readonly string[]): string {
  const capital = (slot: string): string => slot.charAt(0).toUpperCase() + slot.slice(1);
  return `import type { ${slots.map(capital).join(', ')} } from '../facade/facets.js';
import { record } from './trace.js';

export const facets = {
${slots.map((slot) => `  ${slot}: record<${capital(slot)}>('${slot}'),\n`).join('')}};
`;
}
