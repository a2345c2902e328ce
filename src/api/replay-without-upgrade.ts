import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * Gives a request that offers another protocol back to the server as the ordinary request that it also is: some HTTP
 * clients offer HTTP/2 with every request. Node hands such requests to the `upgrade` event, body unread, and has no way
 * to decline before version 24.
 */
export function replayWithoutUpgrade(
  server: Server,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  const lines = [`${request.method ?? 'GET'} ${request.url ?? '/'} HTTP/${request.httpVersion}`];
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const [name = '', value = ''] = request.rawHeaders.slice(index, index + 2);
    const lowerCased = name.toLowerCase();
    if (lowerCased === 'upgrade' || lowerCased === 'http2-settings') continue;
    if (lowerCased !== 'connection') lines.push(`${name}: ${value}`);
    else if (/\bclose\b/i.test(value)) lines.push('Connection: close');
  }
  // Latin-1 is what the parser made these strings from.
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
}
