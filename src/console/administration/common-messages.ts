/** Sentences that several administration pages say. */
import type { Catalogue } from '../../web/index.ts';

const en = {
  missingTitle: 'It is not here any more',
  missingText: 'Somebody removed it meanwhile, or the address is mistyped. Nothing was changed.',
  backToList: 'Back to the list',
  edit: 'Edit',
  remove: 'Remove',
  clone: 'Clone',
  csv: 'Download as CSV',
  save: 'Save',
  name: 'Name',
  description: 'Description',
  none: 'none',
  yes: 'yes',
  no: 'no',
  changedMeanwhile: 'These values are in force now; yours are still in the form. Saving replaces them.',
};

const ja: typeof en = {
  missingTitle: 'すでに存在しません',
  missingText: '他の人が削除したか、アドレスが間違っています。何も変更されていません。',
  backToList: '一覧に戻る',
  edit: '編集',
  remove: '削除',
  clone: '複製',
  csv: 'CSV でダウンロード',
  save: '保存',
  name: '名前',
  description: '説明',
  none: 'なし',
  yes: 'はい',
  no: 'いいえ',
  changedMeanwhile:
    '現在有効な値は次のとおりです。入力した値はフォームに残っています。保存すると置き換わります。',
};

export const commonMessages: Catalogue<typeof en> = { en, ja };
