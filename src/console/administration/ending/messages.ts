/** Sentences of the page about what ends soon. */
import type { EndingSoon } from '../../../administration/index.ts';
import type { Catalogue } from '../../../web/index.ts';

const kindsEn: Readonly<Record<EndingSoon['kind'], string>> = {
  'installation-key': 'Our present key',
  'consumer-credential': 'Old key or secret of a consumer',
  'api-key': 'API key of a user',
};

const kindsJa: typeof kindsEn = {
  'installation-key': 'この環境の現在の鍵',
  'consumer-credential': 'コンシューマの古い鍵または秘密',
  'api-key': 'ユーザーの API キー',
};

const adviceEn: typeof kindsEn = {
  'installation-key': 'Others have to know the next key by then; it is published already.',
  'consumer-credential': 'The consumer has to sign with its new one by then.',
  'api-key': 'The user makes another one, under Account, and gives it to the program.',
};

const adviceJa: typeof kindsEn = {
  'installation-key': 'それまでに相手側が次の鍵を知る必要があります。次の鍵はすでに公開されています。',
  'consumer-credential': 'それまでにコンシューマは新しいもので署名する必要があります。',
  'api-key': 'ユーザーがアカウントで新しいキーを作り、プログラムに渡します。',
};

const en = {
  title: 'Ends soon',
  lead: 'Keys, secrets and API keys that end within {days} days. Nobody is written to by e-mail; look here, or let the metrics tell you.',
  caption: 'What ends, the earliest first',
  columnWhat: 'What',
  columnWhich: 'Which',
  columnEnds: 'Ends',
  columnAdvice: 'What to do',
  emptyTitle: 'Nothing ends soon',
  emptyText:
    'A key or secret that was replaced, and an API key with a last day, appear here {days} days before they end.',
  panel: {
    one: 'One key or secret ends within {days} days.',
    other: '{n} keys or secrets end within {days} days.',
  },
  show: 'Show which',
  kinds: kindsEn,
  advice: adviceEn,
};

const ja: typeof en = {
  title: '期限間近',
  lead: '{days} 日以内に終了する鍵、秘密、API キーです。電子メールでは通知されません。ここを確認するか、メトリクスで監視してください。',
  caption: '終了するもの (早い順)',
  columnWhat: '種類',
  columnWhich: '対象',
  columnEnds: '終了',
  columnAdvice: '行うこと',
  emptyTitle: '間もなく終了するものはありません',
  emptyText: '置き換えられた鍵や秘密、最終日のある API キーは、終了の {days} 日前からここに表示されます。',
  panel: {
    one: '{days} 日以内に終了する鍵または秘密が 1 件あります。',
    other: '{days} 日以内に終了する鍵または秘密が {n} 件あります。',
  },
  show: '表示する',
  kinds: kindsJa,
  advice: adviceJa,
};

export const endingMessages: Catalogue<typeof en> = { en, ja };
