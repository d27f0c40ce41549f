/**
 * Why consumer information could not be fetched, in words. The guarded client and the reader have English sentences
 * of their own, with particulars; the other languages say the same by code.
 */
import {
  type ConsumerInformationRefused,
  fill,
  type OutboundRefusal,
  OutboundRefused,
  type PageContext,
} from '../../../web/index.ts';

const REFUSALS_JA: Readonly<Record<OutboundRefusal, string>> = {
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

const INFORMATION_JA =
  '{host} の応答は、コンシューマ情報の XML として読み取れません。ベース URL を確認してください。';

/** The sentence for a failure, without the name of the field. */
export function failureWords(
  c: PageContext,
  url: URL,
  error: OutboundRefused | ConsumerInformationRefused,
): string {
  if (c.locale !== 'ja') return error.message;
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const values = { host: url.host, hostAndPort: `${url.hostname}:${port}` };
  return fill(error instanceof OutboundRefused ? REFUSALS_JA[error.code] : INFORMATION_JA, values);
}
