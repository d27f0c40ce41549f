/** What is said of the way a request came, in Japanese. */
import type { en } from './arrival.en.ts';

export const ja: typeof en = {
  findings: {
    'untrusted-forwarding':
      '転送ヘッダーが {peer} から届きましたが、登録されたプロキシではありません。自分のプロキシであれば --trust-proxy {peer} を追加してください。そうでなければ、無視するのが正しい動作です。',
    'scheme-differs':
      'プロキシはクライアントが {seen} で来たと伝えていますが、public-url は {ours} です。クライアントが使う {seen}:// で始まるアドレスを --public-url に設定してください。',
    'host-differs':
      'クライアントが要求したホストは {seen} ですが、public-url は {ours} です。{seen} に署名したクライアントは拒否されます。公開 URL を使うか、実際に使うものを --public-url に設定してください。',
    'no-scheme-header':
      'public-url は https ですが、プロキシ {peer} はクライアントのスキームを伝えていません。X-Forwarded-Proto を送るように設定してください。',
    'no-proxy-listed':
      'public-url は https で、{peer} からの接続は平文の HTTP なので、前段にプロキシがあります。X-Forwarded-For と X-Forwarded-Proto を送るように設定し、--trust-proxy {peer} を追加してください。',
  },
  reasons: {
    'client-address': '採用しました。これによりクライアントは {client} です。',
    protection:
      '採用しました。通信が保護されているかどうかを示します。署名すべきものはこれに左右されません。',
    host: '採用しました。要求されたホストは {ours} でなければなりません。署名すべきものはこれに左右されません。',
    'not-listed': '無視しました。{peer} は trust-proxy に含まれていません。',
    'other-request':
      'ここでは読みません。登録されたプロキシが別のリクエストについて尋ねる /oauth/verify でのみ読みます。',
    'never-read': '読みません。読むのは X-Forwarded-For、X-Forwarded-Proto、X-Forwarded-Host だけです。',
  },
  isListed: 'はい。trust-proxy（{list}）に含まれるので、そのヘッダーを信用します。',
  isUnlisted: 'いいえ。trust-proxy（{list}）に含まれないので、転送ヘッダーを無視します。',
  trustsNobody: 'いいえ。trust-proxy が空なので、誰の転送ヘッダーも信用しません。',
  isProtected: 'はい。PLAINTEXT を受け付けることができます。',
  isUnprotected: 'いいえ。PLAINTEXT は拒否されます。',
};
