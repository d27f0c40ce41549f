/** Sentences of the pages about problems and mistakes; what is said of each stands in `explain`. */
import type { Catalogue } from '../../web/index.ts';

const en = {
  title: 'Problems',
  lead: 'A refused OAuth request says why in oauth_problem: in the WWW-Authenticate header, and mostly in the body too. Each word has a page, and so has each mistake behind it.',
  problemsTitle: 'Problem codes',
  mistakesTitle: 'Known mistakes',
  mistakesLead: 'Made by clients, by proxies and in settings.',
  caption: 'Problem codes and what they mean',
  columnCode: 'Problem',
  columnStatus: 'HTTP',
  columnMeaning: 'Meaning',
  status: 'HTTP status',
  whatToDo: 'What to do',
  causesTitle: 'Mistakes that lead to it',
  howToSee: 'How to see it',
  seeText:
    'The answer carries a request id (X-Request-Id). With it, an administrator of this server opens Diagnosis, or runs {command}, and reads which check failed, what both sides have there, and the mistake.',
  seeLink: 'Open Diagnosis',
  signLink: 'Sign step by step',
  leadsTo: 'It is answered with',
};

const ja: typeof en = {
  title: '問題の一覧',
  lead: '拒否された OAuth リクエストの理由は oauth_problem に示されます。WWW-Authenticate ヘッダーに、多くの場合は本文にも入ります。コードごと、その原因となる誤りごとにページがあります。',
  problemsTitle: '問題コード',
  mistakesTitle: '既知の誤り',
  mistakesLead: 'クライアント、プロキシ、設定で起こる誤りです。',
  caption: '問題コードとその意味',
  columnCode: '問題',
  columnStatus: 'HTTP',
  columnMeaning: '意味',
  status: 'HTTP ステータス',
  whatToDo: '対処',
  causesTitle: '原因となる誤り',
  howToSee: '確かめ方',
  seeText:
    '応答にはリクエスト ID（X-Request-Id）が付きます。このサーバーの管理者は、その ID で「診断」を開くか {command} を実行すると、どの確認で失敗し、双方の値が何で、どの誤りが原因かを読むことができます。',
  seeLink: '診断を開く',
  signLink: '署名を段階ごとに計算する',
  leadsTo: 'このときの応答',
};

export const problemMessages: Catalogue<typeof en> = { en, ja };
