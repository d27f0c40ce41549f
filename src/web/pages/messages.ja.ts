/** Sentences of the page kit itself, in Japanese. */
import type { en } from './messages.en.ts';

export const ja: typeof en = {
  skipToContent: '本文へ移動',
  navigation: 'メイン',
  administration: 'OAuth の管理',
  you: 'あなた',
  breadcrumbs: '現在の位置',
  language: '言語',
  myAccess: 'アクセスを許可したアプリケーション',
  account: 'アカウント',
  logOut: 'ログアウト',
  logIn: 'ログイン',
  poweredBy: 'OAuth: Countersign',
  copy: 'コピー',
  copied: 'コピーしました',
  sessionEnded: 'セッションが終了していたため、何も実行されていません。続けるにはログインしてください。',
  draftBack:
    'セッションが終了していたため、保存されていません。入力した内容は元に戻しました（パスワード、シークレット、鍵を除く）。',
  show: '表示',
  hide: '隠す',
  optional: '任意',
  errorSummary: { one: '確認が必要な項目が 1 件あります', other: '確認が必要な項目が {n} 件あります' },
  errorTitlePrefix: 'エラー: ',
  cancel: 'キャンセル',
  search: '検索',
  searchClear: 'すべて表示',
  never: 'なし',
  none: 'なし',
  sortedAscending: '昇順',
  sortedDescending: '降順',
  selection: '選択',
  select: '{name} を選択',
  selectAll: 'このページのすべてを選択',
  withSelected: '選択したものを',
  pages: 'ページ',
  previous: '前へ',
  next: '次へ',
  range: '{total} 件中 {from}–{to} 件',
  rangeOfMore: '{total} 件超のうち {from}–{to} 件',
  beyond: '残りは検索して絞り込んでください。',
  nothingFound: '「{search}」に一致するものはありません。',
  nothingFoundNext: 'その一部で検索するか、すべてを表示してください。',
  actions: '操作',
  requestId: 'リクエスト ID',
  goHome: '開始ページへ',
  notFoundTitle: 'ページがありません',
  notFoundText: 'アドレスが間違っているか、ページが削除されています。',
  forbiddenTitle: '管理者専用のページです',
  forbiddenText:
    '{name} としてログインしていますが、管理者ではありません。管理者に依頼するか、別のユーザーでログインしてください。',
  methodTitle: 'このアドレスはその方法では使えません',
  methodText: '{method} では開けません。前のページに戻り、フォームをもう一度使ってください。',
  forgedTitle: 'フォームがこのサイトのものではありません',
  forgedText:
    '別のサイトから送られた要求のため、何も変更していません。操作したい場合は、このサイトのページを開いてそのフォームを使ってください。',
  unusableNameTitle: '手前のプロキシが示すユーザーを判別できません',
  unusableNameText:
    '{fault} 二通りに読めるため、何も行っていません。プロキシの管理者に連絡してください。リクエスト ID はこのサーバーのログにあります。',
  userHeaderFaults: {
    twice: 'ユーザー名のヘッダーが複数回送られています。',
    spelling: 'ユーザー名のヘッダーが別の綴りで送られています。',
    empty: 'ユーザー名のヘッダーに名前がありません。',
    nobody:
      'ユーザー名の代わりに、null や - のような「誰でもない」という語が送られています。その場合、ヘッダーは付けないでください。',
    characters: '送られたユーザー名が長すぎるか、空白または ASCII 以外の文字を含みます。',
  },
  staleTitle: 'フォームが古くなっています',
  staleText:
    'フォームを開いた後にログインし直したため、何も変更していません。ページを開き直すと、入力した内容が元に戻ります（パスワード、シークレット、鍵を除く）。スクリプトが動かない場合は、ブラウザで前に戻って先に控えてください。',
  openAgain: 'ページを開き直す',
  formTypeTitle: 'フォームではありません',
  formTypeText: 'ページが受け付けるのは application/x-www-form-urlencoded 形式のフォームです。',
  unavailableTitle: '現在、ストレージが応答しません',
  unavailableText:
    '要求を実行できなかったか、結果を確認できませんでした。しばらく待ち、状態を確認してからやり直してください。',
  errorTitle: 'エラーが発生しました',
  errorText:
    'このプログラムの不具合であり、あなたの操作のせいではありません。もう一度試し、繰り返す場合はリクエスト ID を管理者に伝えてください。',
  tryAgain: 'もう一度試す',
  troubles: {
    refused: {
      title: 'この要求には応答できません',
      text: 'このサーバーが受け付けない形の要求のため、何も行っていません。',
    },
    program: {
      title: 'プログラム用のアドレスです',
      text: 'プログラムが {methods} で呼び出すアドレスで、ブラウザで開いても表示するものはありません。',
    },
    forged: {
      title: '別のサイトからの要求です',
      text: '別のサイトのページから送られたため、実行しませんでした。',
    },
    tooLarge: {
      title: '一度に送る量が多すぎます',
      text: 'このアドレスが受け付ける大きさを超えているため、何も保存していません。前のページに戻り、減らして送ってください。',
    },
    unreachable: {
      title: 'アプリケーションが応答しません',
      text: 'このサーバーの背後にあるアプリケーションに、現在つながりません。少し待ってからもう一度試してください。繰り返す場合は、リクエスト ID を管理者に伝えてください。',
    },
    slow: {
      title: 'アプリケーションの応答に時間がかかりすぎています',
      text: 'このサーバーの背後にあるアプリケーションが、時間内に応答しませんでした。要求は実行された可能性があります。状態を確認してからやり直してください。',
    },
  },
  secondFactorNeeded: 'このインストールの管理者には二要素認証が必要です。続けるには有効にしてください。',
};
