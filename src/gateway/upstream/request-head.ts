/** The head of a request as it goes over the wire. */
import type { UpstreamRequest } from './exchange.ts';

const NOT_OF_A_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

/** Methods whose requests usually have a body: an upstream is told that there is none. */
const EXPECTING_BODY = new Set(['POST', 'PUT', 'PATCH']);

/**
 * Request line and fields, as text of which each character is a byte.
 * @throws {TypeError} when a value could end its line
 */
export function requestHead({ method, target, headers, body }: UpstreamRequest): string {
  let head = `${method} ${target} HTTP/1.1\r\n`;
  let hasLength = false;
  for (let i = 0; i < headers.length; i += 2) {
    const value = headers[i + 1]!;
    if (NOT_OF_A_VALUE.test(value))
      throw new TypeError(`The header field ${headers[i]} cannot be forwarded.`);
    hasLength ||= headers[i] === 'Content-Length';
    head += `${headers[i]}: ${value}\r\n`;
  }
  if (body === null && !hasLength && EXPECTING_BODY.has(method)) head += 'Content-Length: 0\r\n';
  return `${head}\r\n`;
}
