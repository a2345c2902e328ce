import type { RequestHandler } from 'express';

const withoutTrailingSlash = (origin: string): string => origin.replace(/\/$/, '');

/** Sets the CORS headers of every answer, and answers `OPTIONS` itself, whatever the path. */
export function createCors(allowedOrigins: readonly string[]): RequestHandler {
  const allowed = new Set(allowedOrigins.map(withoutTrailingSlash));

  return (request, response, next) => {
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST, PUT, DELETE, OPTIONS');
    response.setHeader('Access-Control-Allow-Headers', 'Content-Type, X-API-Key');
    response.setHeader('Access-Control-Max-Age', '3600');
    const { origin } = request.headers;
    if (origin !== undefined && (allowed.has('*') || allowed.has(withoutTrailingSlash(origin)))) {
      response.setHeader('Access-Control-Allow-Origin', origin);
    }
    if (request.method === 'OPTIONS') {
      response.statusCode = 200;
      response.end();
      return;
    }
    next();
  };
}
