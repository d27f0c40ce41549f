/** Sentences of the pages about this installation's own consumer information. */
import type { Catalogue } from '../../../web/index.ts';

const en = {
  title: 'Consumer Info',
  lead: 'Who this installation is to others: what an administrator elsewhere needs in order to register it as a consumer.',
  edit: 'Edit',
  editTitle: 'Edit the consumer information',
  key: 'Consumer Key',
  keyHelp: 'Made at first start; it never changes.',
  name: 'Name',
  nameHelp: 'What other applications call this installation.',
  description: 'Description',
  callback: 'Callback URL',
  callbackHelp: 'Usually blank: this installation sends its callback with each request.',
  publicKey: 'Public Key',
  pem: 'Public Key (PEM)',
  fingerprint: 'SHA-256 fingerprint',
  type: 'Type',
  rsaKey: 'RSA, {bits} bit',
  privateNote: 'The private key never leaves this installation.',
  publishedTitle: 'Where it is published',
  publishedText:
    'Anybody can read it there, without logging in. For installations of this kind, the base URL alone is enough.',
  baseUrl: 'Base URL of this installation',
  publishedAt: 'Consumer information',
  none: 'none',
  saved: 'The consumer information was saved. Others see it when they fetch it the next time.',
  cancel: 'Back to Consumer Info',
  nextFingerprint: 'SHA-256 fingerprint of the next key',
  takesOver: 'Takes over',
  nextPem: 'Next public key (PEM)',
  underWay:
    'A rotation is under way: the next key is published, and the present one still signs. Others fetch the next key before it takes over.',
  rotate: 'Rotate key',
  rotateTitle: 'Rotate the key of this installation?',
  rotateAction: 'Rotate the key of this installation',
  rotateConsequence:
    'A new key pair is made and its public key is published at once. The present key goes on signing until the overlap ends, then the new one takes over and the old one is deleted.',
  othersFetch:
    'Every installation that has registered this one fetches the new key before then: in its console on the page of this consumer with “Fetch its new key”, or with countersign consumer rotate KEY --from-base-url. It keeps the old key valid for as long as the overlap lasts. Other applications are given the new public key by hand. Who does neither refuses our requests from then on.',
  newcomers:
    'An installation that registers this one during the overlap knows the new key only, and accepts our requests from the takeover on.',
  overlap: 'Days until the new key takes over',
  overlapHelp: '0 lets it take over at once: when the key may have been stolen. At most {maximum}.',
  keepKey: 'Keep the present key',
  rotated: 'The next key is published. It takes over on {when}.',
  takeOver: 'Let the next key take over now',
  takeOverTitle: 'Let the next key take over now?',
  takeOverConsequence:
    'From now on requests are signed with the next key, and the present one is deleted. Who has not fetched the next key refuses our requests until then.',
  tookOver: 'The new key has taken over, and the old one was deleted.',
};

const ja: typeof en = {
  title: 'コンシューマ情報',
  lead: '他のシステムから見たこのシステムの情報です。相手の管理者が、ここをコンシューマとして登録するときに必要になります。',
  edit: '編集',
  editTitle: 'コンシューマ情報を編集',
  key: 'コンシューマキー',
  keyHelp: '最初の起動時に作られ、変わることはありません。',
  name: '名前',
  nameHelp: '他のアプリケーションに表示される、このシステムの名前です。',
  description: '説明',
  callback: 'コールバック URL',
  callbackHelp: '通常は空にします。このシステムはリクエストごとにコールバックを送ります。',
  publicKey: '公開鍵',
  pem: '公開鍵 (PEM)',
  fingerprint: 'SHA-256 フィンガープリント',
  type: '種類',
  rsaKey: 'RSA、{bits} ビット',
  privateNote: '秘密鍵がこのシステムの外に出ることはありません。',
  publishedTitle: '公開場所',
  publishedText: 'ログインなしで誰でも読めます。ここと同種のシステムであれば、ベース URL だけで十分です。',
  baseUrl: 'このシステムのベース URL',
  publishedAt: 'コンシューマ情報',
  none: 'なし',
  saved: 'コンシューマ情報を保存しました。他のシステムには、次に取得したときに反映されます。',
  cancel: 'コンシューマ情報に戻る',
  nextFingerprint: '次の鍵の SHA-256 フィンガープリント',
  takesOver: '切り替え日時',
  nextPem: '次の公開鍵 (PEM)',
  underWay:
    '鍵の更新中です。次の鍵は公開されており、署名にはまだ現在の鍵を使います。相手は切り替えの前に次の鍵を取得します。',
  rotate: '鍵を更新',
  rotateTitle: 'このシステムの鍵を更新しますか',
  rotateAction: 'このシステムの鍵を更新',
  rotateConsequence:
    '新しい鍵ペアが作られ、その公開鍵が直ちに公開されます。重複期間が終わるまでは現在の鍵で署名し、その後は新しい鍵に切り替わって、古い鍵は削除されます。',
  othersFetch:
    'このシステムを登録している相手は、それまでに新しい鍵を取得する必要があります。相手のコンソールでこのコンシューマのページの「新しい鍵を取得」を使うか、countersign consumer rotate KEY --from-base-url を実行し、重複期間中は古い鍵も有効にしておきます。その他のアプリケーションには新しい公開鍵を手渡してください。どちらもしない相手は、それ以降ここからのリクエストを拒否します。',
  newcomers:
    '重複期間中にこのシステムを登録した相手は新しい鍵だけを知っているため、切り替え後からここのリクエストを受け付けます。',
  overlap: '新しい鍵に切り替わるまでの日数',
  overlapHelp:
    '0 にすると直ちに切り替わります。鍵が盗まれた可能性がある場合に使ってください。最大 {maximum} 日。',
  keepKey: '現在の鍵を使い続ける',
  rotated: '次の鍵を公開しました。{when} に切り替わります。',
  takeOver: '今すぐ次の鍵に切り替える',
  takeOverTitle: '今すぐ次の鍵に切り替えますか',
  takeOverConsequence:
    '以後のリクエストは次の鍵で署名され、現在の鍵は削除されます。次の鍵を取得していない相手は、取得するまでここのリクエストを拒否します。',
  tookOver: '新しい鍵に切り替わり、古い鍵は削除されました。',
};

export const identityMessages: Catalogue<typeof en> = { en, ja };
