/**
 * Why the guarded client delivered no answer, in the language of the page. It has English sentences of its own, with
 * particulars; the other languages say the same by code.
 */
import type { OutboundRefusal, OutboundRefused } from '../outbound/refused.ts';
import { fill } from './i18n.ts';
import type { Locale } from './reader.ts';

const JAPANESE: Readonly<Record<OutboundRefusal, string>> = {
  'invalid-url': '{host}: アドレスとして正しくありません。',
  'port-not-allowed':
    '{host} のポートへの接続は許可されていません。管理者は --allow-host {hostAndPort} で許可できます。',
  'host-unknown': '{host} が見つかりません。名前を確認してください。',
  'address-forbidden':
    '{host} は内部または予約済みのアドレスです。管理者は --allow-host {hostAndPort} で許可できます。',
  'too-many-redirects': '{host} のリダイレクトが多すぎます。',
  'redirect-refused': '{host} が許可されない場所へリダイレクトしました。',
  timeout: '{host} から時間内に応答がありませんでした。',
  'too-large': '{host} の応答が大きすぎます。',
  unreadable: '{host} の応答を読み取れませんでした。',
  'tls-failed': '{host} との TLS 接続を確立できませんでした。証明書を確認してください。',
  unreachable: '{host} に接続できませんでした。動作しているか確認してください。',
};

/** The sentence for a failure. @param url what was asked for */
export function outboundWords(locale: Locale, url: URL, error: OutboundRefused): string {
  if (locale !== 'ja') return error.message;
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return fill(JAPANESE[error.code], { host: url.host, hostAndPort: `${url.hostname}:${port}` });
}
