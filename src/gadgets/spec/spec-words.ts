/** What people read about a spec: what is wrong or left out, where it stands, and what to do, in both languages. */
import type { SpecNote } from './gadget-spec.ts';
import type { SpecMistake, SpecMistakeCode } from './spec-refused.ts';

type Words<Code extends string> = Readonly<Record<Code, string>>;

const MISTAKES: Readonly<Record<'en' | 'ja', Words<SpecMistakeCode>>> = {
  en: {
    'not-xml': 'This is not well-formed XML: {en} Repair it there; often a “&” has to be written “&amp;”.',
    'declares-types':
      'A document type or entity is declared here. Take the declaration out; nothing else needs it.',
    'too-large': 'The document is too large, or has too many elements or too many levels. Make it smaller.',
    'no-module': 'The outermost element is <{name}>; that of a gadget spec is <Module>. Check the address.',
    'no-module-prefs': '<Module> has no <ModulePrefs>. Add one, with a title.',
    'no-title': '<ModulePrefs> has no title. Give it a title="…".',
    'no-content': '<Module> has no <Content>. Add one with type="html" or type="url".',
    'content-type-unknown': 'Content of type “{type}” cannot be shown. Use type="html" or type="url".',
    'content-without-href': 'Content of type "url" needs an href="…" with the address of the page.',
    'content-elsewhere':
      'Content of type "html" with an href is not fetched. Put the HTML into the spec, or use type="url".',
    'content-empty': 'This <Content> is empty. Put the gadget’s HTML into it, best inside <![CDATA[ … ]]>.',
    'template-unrendered':
      '“{directive}” is an instruction to the application that publishes the gadget. Add the gadget by the address under which that application serves it; there the instruction is carried out.',
    'feature-unknown':
      'The gadget requires the feature “{name}”, which there is not here. If it can do without, write <Optional feature="{name}"/>.',
    'name-missing': '<{element}> has no {attribute}="…". Give it one.',
    'preference-name-invalid': '“{name}” cannot name a preference. Use letters, digits, “_”, “-” and “.”.',
    'preference-twice': 'The preference “{name}” is declared twice. Take one of them out.',
    'datatype-unknown':
      '“{datatype}” is no datatype of a preference. Use string, bool, enum, list or hidden.',
    'enum-without-values': 'The enum “{name}” has no <EnumValue>. Add its values.',
    'address-invalid': '“{url}” is no http or https address. Correct it.',
    'language-invalid': '“{language}” is no language or country. Use codes such as "ja" and "JP".',
    'no-message-bundle':
      'The outermost element is <{name}>; that of a message bundle is <messagebundle>. Check the address.',
    'service-twice': 'The OAuth service “{name}” is declared twice. Take one of them out.',
    'service-incomplete':
      'The OAuth service “{name}” has some of its three addresses only. Give Request, Access and Authorization, or none.',
    'method-unknown': '“{method}” is no method for tokens. Use GET or POST.',
    'param-location-unknown':
      '“{location}” is no place for parameters. Use auth-header, uri-query or post-body.',
    'too-many': 'There are more than {limit} <{element}>. Take some out.',
    'too-long': '{what} is longer than {limit} characters. Shorten it.',
  },
  ja: {
    'not-xml':
      'XML として正しくありません: {ja}その箇所を直してください。「&」は「&amp;」と書く必要があることがよくあります。',
    'declares-types':
      'ここで文書型または実体が宣言されています。宣言を取り除いてください。ほかには不要です。',
    'too-large': '文書が大きすぎるか、要素または階層が多すぎます。小さくしてください。',
    'no-module':
      '最も外側の要素が <{name}> です。ガジェット仕様では <Module> です。アドレスを確かめてください。',
    'no-module-prefs': '<Module> に <ModulePrefs> がありません。title を付けて追加してください。',
    'no-title': '<ModulePrefs> に title がありません。title="…" を付けてください。',
    'no-content':
      '<Module> に <Content> がありません。type="html" または type="url" のものを追加してください。',
    'content-type-unknown':
      '種類「{type}」の Content は表示できません。type="html" か type="url" を使ってください。',
    'content-without-href': 'type="url" の Content には、ページのアドレスを示す href="…" が必要です。',
    'content-elsewhere':
      'href のある type="html" の Content は取得されません。HTML を仕様の中に書くか、type="url" を使ってください。',
    'content-empty':
      'この <Content> は空です。ガジェットの HTML を、できれば <![CDATA[ … ]]> の中に書いてください。',
    'template-unrendered':
      '「{directive}」はガジェットを公開するアプリケーションへの指示です。そのアプリケーションが配信しているアドレスでガジェットを追加してください。そこでは指示が処理されています。',
    'feature-unknown':
      'ガジェットが必要とする機能「{name}」はここにはありません。なくても動くなら <Optional feature="{name}"/> と書いてください。',
    'name-missing': '<{element}> に {attribute}="…" がありません。付けてください。',
    'preference-name-invalid':
      '「{name}」は設定の名前に使えません。英字、数字、「_」「-」「.」を使ってください。',
    'preference-twice': '設定「{name}」が 2 回宣言されています。一方を取り除いてください。',
    'datatype-unknown':
      '「{datatype}」は設定の型ではありません。string、bool、enum、list、hidden を使ってください。',
    'enum-without-values': '列挙「{name}」に <EnumValue> がありません。値を追加してください。',
    'address-invalid': '「{url}」は http または https のアドレスではありません。直してください。',
    'language-invalid':
      '「{language}」は言語または国ではありません。"ja" や "JP" のようなコードを使ってください。',
    'no-message-bundle':
      '最も外側の要素が <{name}> です。メッセージ束では <messagebundle> です。アドレスを確かめてください。',
    'service-twice': 'OAuth サービス「{name}」が 2 回宣言されています。一方を取り除いてください。',
    'service-incomplete':
      'OAuth サービス「{name}」には 3 つのアドレスの一部しかありません。Request、Access、Authorization をすべて書くか、すべて省いてください。',
    'method-unknown': '「{method}」はトークンを得るメソッドではありません。GET か POST を使ってください。',
    'param-location-unknown':
      '「{location}」はパラメータの場所ではありません。auth-header、uri-query、post-body を使ってください。',
    'too-many': '<{element}> が {limit} 個より多くあります。減らしてください。',
    'too-long': '{what} が {limit} 文字より長くなっています。短くしてください。',
  },
};

const NOTES: Readonly<Record<'en' | 'ja', Words<SpecNote['code']>>> = {
  en: {
    'preload-ignored': '<Preload> is not done: the gadget fetches “{url}” itself when it asks for it.',
    'optional-feature-unknown': 'The optional feature “{name}” is not here; the gadget has to do without it.',
    'number-ignored': '{attribute}="{value}" is no number of pixels and is left out.',
  },
  ja: {
    'preload-ignored': '<Preload> は行われません。「{url}」はガジェットが求めたときに取得されます。',
    'optional-feature-unknown': '任意の機能「{name}」はここにはありません。ガジェットはそれなしで動きます。',
    'number-ignored': '{attribute}="{value}" はピクセル数ではないため、無視されます。',
  },
};

const PLACE = { en: 'Line {line}, column {column}: ', ja: '{line} 行 {column} 桁: ' };

/** A mistake in a sentence or two, beginning with its place. */
export function specMistakeWords(locale: 'en' | 'ja', mistake: SpecMistake): string {
  return placed(locale, MISTAKES[locale][mistake.code], mistake);
}

/** The same for something that is left out. */
export function specNoteWords(locale: 'en' | 'ja', note: SpecNote): string {
  return placed(locale, NOTES[locale][note.code], note);
}

function placed(
  locale: 'en' | 'ja',
  words: string,
  { line, column, values }: SpecMistake | SpecNote,
): string {
  return fill(PLACE[locale], { line: String(line), column: String(column) }) + fill(words, values);
}

function fill(words: string, values: Readonly<Record<string, string>>): string {
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
