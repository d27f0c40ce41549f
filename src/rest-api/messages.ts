/** Sentences of the page about the API. What operations and problems say themselves is English, as in the answers. */
import type { Catalogue } from '../web/index.ts';

const en = {
  title: 'REST API',
  lead: 'What administrators do in the console, for programs. Administrators make keys on the page “API keys”.',
  conventions:
    'JSON in and out. Lists come in pages: go on with nextCursor. Records have an ETag: send it back as If-Match, and a change is refused if somebody else was faster. Refusals are problem documents (RFC 9457). The whole description, for generators:',
  needs: 'Needs a key with the right to {scope}.',
  parameters: 'Parameters',
  body: 'Body',
  answer: 'Answer',
  problemsTitle: 'Problems',
  problemsLead: 'The “type” of a problem document ends with one of these.',
  columnCode: 'Problem',
  columnStatus: 'HTTP',
  columnMeaning: 'Meaning',
};

const ja: typeof en = {
  title: 'REST API',
  lead: '管理者が画面で行うことをプログラムから行えます。キーは管理者が「API キー」のページで作ります。',
  conventions:
    '入力も出力も JSON です。一覧はページに分かれ、nextCursor で続きを取得します。レコードには ETag が付き、If-Match で送り返すと、その間に他の人が変更していた場合は拒否されます。拒否は問題文書（RFC 9457）で返ります。生成ツール用の全文:',
  needs: '{scope} の権限を持つキーが必要です。',
  parameters: 'パラメータ',
  body: '本文',
  answer: '応答',
  problemsTitle: '問題の一覧',
  problemsLead: '問題文書の「type」は、このいずれかで終わります。',
  columnCode: '問題',
  columnStatus: 'HTTP',
  columnMeaning: '意味',
};

/** In every language. */
export const referenceMessages: Catalogue<typeof en> = { en, ja };
