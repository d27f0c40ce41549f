/** Addresses as people paste them: trimmed, without fragment, with a scheme. No character of the rest is changed. */

/** An address, and whether the text named its scheme itself. */
export function cleanUrl(
  text: string,
  usualScheme: 'http' | 'https',
): { address: string; hasScheme: boolean } {
  const trimmed = text.trim().split('#', 1)[0]!;
  const hasScheme = /^https?:\/\//i.test(trimmed);
  return { address: hasScheme ? trimmed : `${usualScheme}://${trimmed.replace(/^\/\//, '')}`, hasScheme };
}

/** The parts of an absolute address, each as written; null if it has no host. */
export function splitUrl(
  url: string,
): { scheme: 'http' | 'https'; host: string; path: string; query: string } | null {
  const parts = /^(https?):\/\/([^/?]+)([^?]*)(?:\?(.*))?$/is.exec(url);
  if (parts === null) return null;
  const [, scheme, host, path, query] = parts;
  return {
    scheme: scheme!.toLowerCase() === 'https' ? 'https' : 'http',
    host: host!.slice(host!.lastIndexOf('@') + 1),
    path: path === '' ? '/' : path!,
    query: query ?? '',
  };
}
