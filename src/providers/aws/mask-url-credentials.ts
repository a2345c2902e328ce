/** Replaces user and password of every URL in a text. */
export function maskUrlCredentials(text: string): string {
  return text.replace(/(https?:\/\/)[^\s/?#]*@/gi, '$1***@');
}
