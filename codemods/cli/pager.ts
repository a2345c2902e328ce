import { spawn } from 'node:child_process';

export interface PagerOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly write: (text: string) => void;
}

/**
 * Shows a text the way git does: by `$GIT_PAGER`, `$PAGER` or `less`, which for a text of less than a screen is as if it
 * was just printed. Ends when the person has read it.
 */
export async function pageText(text: string, { environment, write }: PagerOptions): Promise<void> {
  const command = environment['GIT_PAGER'] ?? environment['PAGER'] ?? 'less';
  if (command === '' || command === 'cat') {
    write(text);
    return;
  }
  const hasShown = await new Promise<boolean>((resolve) => {
    const pager = spawn(command, {
      shell: true,
      stdio: ['pipe', 'inherit', 'inherit'],
      env: { LESS: 'FRX', LV: '-c', ...environment },
    });
    pager.on('error', () => resolve(false));
    // A shell says 127 for a command that there is not.
    pager.on('close', (code) => resolve(code !== 127));
    // Whoever has read enough closes the pipe.
    pager.stdin.on('error', () => undefined);
    pager.stdin.end(text);
  });
  if (!hasShown) write(text);
}
