/** What is said around the programs, in every language of the pages. */
import { PRIVATE_KEY_FILE, SECRET_VARIABLE } from './template.ts';

const en = {
  title: 'Quickstart',
  lead: 'A program that asks a user for access, as this consumer, and then reads who the user is. Key and addresses are filled in.',
  install: 'Bring what it needs',
  secret: `Put the shared secret into the environment, and never into the program. It cannot be shown again: whoever registered the consumer has it.`,
  privateKey: `Put the private key beside the program, as ${PRIVATE_KEY_FILE} (PKCS #8, PEM). Its public half is registered here.`,
  save: 'Save as {file}',
  run: 'Run it, open the address that it prints, approve, and type the code that you are shown',
  next: 'A web application sends its own address instead of oob as the callback, and gets the code there as oauth_verifier. Keep the access token and its secret: they stand for this user until they expire.',
  tested: 'This program is run, as it stands here, by the tests of Countersign.',
  untested: 'This program is not run by the tests of Countersign.',
};

const ja: typeof en = {
  title: 'クイックスタート',
  lead: 'このコンシューマとしてユーザーにアクセスの承認を求め、そのユーザーの情報を読み取るプログラムです。キーとアドレスは記入済みです。',
  install: '必要なものをインストールします',
  secret:
    '共有シークレットは環境変数に設定し、プログラムには書かないでください。ここに再表示することはできません。コンシューマの登録者が保管しています。',
  privateKey: `秘密鍵を ${PRIVATE_KEY_FILE} (PKCS #8、PEM 形式) としてプログラムと同じ場所に置きます。対応する公開鍵がここに登録されています。`,
  save: '{file} として保存します',
  run: '実行し、表示されたアドレスを開いて承認したら、画面に表示されたコードを入力します',
  next: 'Web アプリケーションでは、コールバックとして oob の代わりに自身のアドレスを送ります。コードはそこに oauth_verifier として届きます。アクセストークンとそのシークレットは保存しておきます。有効期限まで、このユーザーの代わりに使えます。',
  tested: 'このプログラムは、ここに示すとおりの形で Countersign のテストで実行されています。',
  untested: 'このプログラムは Countersign のテストでは実行されていません。',
};

/** The sentences by language. */
export const QUICKSTART_WORDS = { en, ja } as const;

/** The shell line that puts a shared secret into the environment; the secret itself is for the reader to fill in. */
export const SECRET_LINE = `export ${SECRET_VARIABLE}='the shared secret'`;
