/** What can be wrong with a change, in the language of the page; the English sentences are the use cases' own. */
import { BOUNDS, GADGET_MISTAKES, type GadgetMistake, type GadgetMistakeCode } from '../gadgets/index.ts';
import type { Locale } from '../web/index.ts';

/** The sentence of a mistake. */
export function mistakeWords(locale: Locale, { code }: GadgetMistake): string {
  return locale === 'ja' ? JAPANESE[code] : GADGET_MISTAKES[code];
}

const JAPANESE: Readonly<Record<GadgetMistakeCode, string>> = {
  'name-missing': '名前を入力してください。',
  'name-too-long': `名前は ${BOUNDS.nameLength} 文字以内にしてください。`,
  'description-too-long': `説明は ${BOUNDS.descriptionLength} 文字以内にしてください。`,
  'title-too-long': `タイトルは ${BOUNDS.titleLength} 文字以内にしてください。`,
  'note-too-long': `メモは ${BOUNDS.noteLength} 文字以内にしてください。`,
  'forbidden-character': '制御文字または見えない文字が含まれています。取り除いてください。',
  'layout-unknown': 'レイアウトは A、AA、AB、BA、AAA、ABA から選んでください。',
  'sharing-unknown': '公開範囲を選んでください: 自分のみ、または全員。',
  'color-unknown': '色を一覧から選んでください。',
  'column-unknown': 'このダッシュボードにその列はありません。現在の状態を確認してから移動してください。',
  'refresh-malformed': '1 分から 1 日までの間隔、または「しない」を選んでください。',
  'preferences-too-long': '設定が長すぎて保存できません。短くしてください。',
  'dashboard-unknown':
    'そのダッシュボードは存在しないか、あなたと共有されていません。「ダッシュボード」の一覧で確認してください。',
  'not-yours': 'このダッシュボードを変更できるのは所有者だけです。コピーして、コピーを変更してください。',
  'administrators-only': '既定のダッシュボードを変更できるのは管理者だけです。',
  'default-stays': '既定のダッシュボードは、削除することも、誰かに隠すこともできません。',
  'changed-meanwhile': '編集している間に他の変更がありました。現在の状態を確認し、もう一度変更してください。',
  'too-many-gadgets': `ダッシュボードに置けるガジェットは ${BOUNDS.gadgets} 個までです。先に 1 つ削除してください。`,
  'too-many-dashboards': `すでに ${BOUNDS.dashboards} 個のダッシュボードがあります。先に 1 つ削除してください。`,
  'gadget-unknown':
    'そのガジェットはガジェット一覧にありません。一覧 (countersign gadget list) から選ぶか、管理者に追加を依頼してください。',
  'placed-unknown':
    'このガジェットはもうダッシュボードにありません。表示し直してから、もう一度追加してください。',
  'spec-url-malformed': 'ガジェットの仕様のアドレスを入力してください (例: https://example.com/clock.xml)。',
  'spec-taken': 'このガジェットはすでにガジェット一覧にあります。',
  'spec-too-long': 'この仕様は、メッセージバンドルと合わせると長すぎて保存できません。',
  'title-missing':
    'この仕様にはタイトルがなく、誰もガジェットを見つけられません。作成者が追加する必要があります。',
  'directory-full': `ガジェット一覧にはすでに ${BOUNDS.directory} 個のガジェットがあります。先に 1 つ削除してください。`,
  'gadget-of-feed':
    'このガジェットはフィードから来ています。削除するには、そのフィードの購読をやめてください。',
  'base-url-malformed': '他のシステムのベース URL を入力してください (例: https://tracker.example.com)。',
  'feed-taken': 'このシステムはすでに購読しています。',
  'feed-unknown': 'そのフィードはもうありません。一覧: countersign gadget list。',
  'own-feed': 'それはこのシステム自身です。自身のガジェットはすでにガジェット一覧にあります。',
  'too-many-feeds': `すでに ${BOUNDS.feeds} 個のフィードがあります。先に 1 つ購読をやめてください。`,
  'rule-malformed':
    'スキームとホストを入力してください (例: https://example.com、https://example.com:8443、https://*.example.com)。',
  'rule-scheme': '許可できるのは http と https のアドレスだけです。https:// で始めてください。',
  'rule-credentials': 'ユーザー名とパスワードは書かないでください。@ の前はホストではありません。',
  'rule-path': 'パスは書かないでください。規則はホスト全体を許可します。',
  'rule-wildcard':
    '* は、https://*.example.com のようにホストの先頭でだけ、サブドメイン全体の代わりになります。',
  'rule-too-wide': '許可する範囲が広すぎます。* の後に、少なくともドメインとその末尾を書いてください。',
  'rule-taken': 'その規則はすでにあります。',
  'rule-unknown': 'その規則はもうありません。一覧: countersign allow-list list。',
  'too-many-rules': `すでに ${BOUNDS.rules} 個の規則があります。先に 1 つ削除してください。`,
};
