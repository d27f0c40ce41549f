/** What a provider's test finds out by itself, in Japanese; refusals and failures have their sentences elsewhere. */
export const FINDINGS_JA: Readonly<Record<string, string>> = {
  complete: '3 つのアドレスがすべて入力されています。',
  'no-addresses':
    'リクエストトークン、認可、アクセストークンの URL を入力してください。なければ誰も接続できません。',
  'two-legged-only': '接続用のアドレスがありません。ユーザーなしの要求だけができます。',
  'shared-secret': '要求は共有秘密で署名されます。',
  'own-key':
    '要求はこのシステムの RSA 鍵で署名されます。先方がこのコンシューマキーで公開鍵 (「コンシューマ情報」) を知っている必要があります。',
  'token-given': 'コンシューマキーと署名が受け入れられ、リクエストトークンが発行されました。',
  'callback-confirmed': 'コールバックが確認されました。',
  'callback-not-asked':
    'コールバックを確認しないプロバイダとして登録されています。他人の承認が紛れ込むおそれがあるため、1.0a に対応していれば変更してください。',
  'page-answers': '認可ページが応答しました。続きはブラウザで、ユーザーとして承認してください。',
  'page-missing': '認可ページの応答は {status} でした。アドレスを確認してください。',
  'page-refuses': '認可ページはプログラムに {status} を返しました。ブラウザで試してください。',
  'page-redirects': '認可ページはブラウザを別の場所へ送ります。おそらくログインです。',
};
