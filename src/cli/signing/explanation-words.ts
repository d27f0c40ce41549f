/** The words around an explanation on the command line, in each language; what was found comes from the engine. */
import type { CheckName, Language } from '../../explain/index.ts';

/** Headings, labels and sentences. */
export interface ExplanationWords {
  readonly accepted: string;
  readonly refused: string;
  readonly request: string;
  readonly checklist: string;
  readonly yours: string;
  readonly ours: string;
  readonly onTheWay: string;
  readonly wayColumns: readonly [part: string, signed: string, seen: string, forwarded: string, ours: string];
  readonly baseString: string;
  readonly baseStringRows: string;
  readonly reconstructed: string;
  readonly firstDifference: string;
  readonly causes: string;
  readonly noCause: string;
  readonly alternatives: string;
  readonly page: string;
  readonly ignored: string;
  readonly checks: Readonly<Record<CheckName, string>>;
}

const en: ExplanationWords = {
  accepted: 'This request would be accepted, as far as it can be judged.',
  refused: 'This request is refused:',
  request: 'request',
  checklist: 'Checks',
  yours: 'yours',
  ours: 'ours',
  onTheWay: 'On the way',
  wayColumns: ['PART', 'SIGNED', 'SEEN', 'FORWARDED', 'TO BE SIGNED'],
  baseString: 'Base string, as it has to be signed',
  baseStringRows: 'Base strings, part by part',
  reconstructed:
    'Yours is worked out from the causes below; --base-string FILE takes the one your client printed.',
  firstDifference: 'the first difference',
  causes: 'Causes, and what to do',
  noCause: 'No known mistake explains it. Give the base string that your client printed with --base-string.',
  alternatives: 'The same would come of',
  page: 'Page',
  ignored: 'Not understood, and left out',
  checks: {
    parameters: 'parameters',
    version: 'version',
    consumer: 'consumer',
    method: 'method',
    clock: 'clock',
    nonce: 'nonce',
    token: 'token',
    callback: 'callback',
    verifier: 'verifier',
    signature: 'signature',
    'body-hash': 'body hash',
    rights: 'rights',
  },
};

const ja: ExplanationWords = {
  accepted: '判断できる範囲では、このリクエストは受け入れられます。',
  refused: 'このリクエストは拒否されます:',
  request: 'リクエスト',
  checklist: '確認項目',
  yours: '送信側',
  ours: 'こちら',
  onTheWay: '経路',
  wayColumns: ['部分', '署名', '受信', '転送ヘッダー', '署名すべき値'],
  baseString: '署名すべきベース文字列',
  baseStringRows: 'ベース文字列の比較',
  reconstructed:
    '送信側は下の原因から再構成したものです。クライアントが出力したものは --base-string FILE で渡せます。',
  firstDifference: '最初の違い',
  causes: '原因と対処',
  noCause:
    '既知の誤りでは説明できません。クライアントが出力したベース文字列を --base-string で渡してください。',
  alternatives: '次の誤りでも同じ結果になります',
  page: 'ページ',
  ignored: '解釈できず無視した部分',
  checks: {
    parameters: 'パラメータ',
    version: 'バージョン',
    consumer: 'コンシューマ',
    method: '署名方式',
    clock: '時刻',
    nonce: 'ナンス',
    token: 'トークン',
    callback: 'コールバック',
    verifier: '検証コード',
    signature: '署名',
    'body-hash': '本文ハッシュ',
    rights: '権限',
  },
};

/** The words of every language. */
export const EXPLANATION_WORDS: Readonly<Record<Language, ExplanationWords>> = { en, ja };
