import type { signIn as english } from '../en/sign-in.ts';

export const signIn: typeof english = {
  signIn: 'サインイン',
  title: 'チャットにサインイン',
  hint: 'Signoff が在席状態を保ち、離席時にセッションを終了します。',
  fields: {
    site: 'サイトのアドレス',
    userName: 'ユーザー名',
    accountId: 'アカウント ID',
    password: 'パスワード',
  },
  hints: {
    site: '例: https://service.example.com',
    userName: 'コンソールと同じもの',
    accountId: '例: 12',
    password: 'このサイトにのみ送信されます',
  },
  remembered: '保存済み（空欄でも可）',
  showPassword: 'パスワードを表示',
  forget: '消去',
  forgetPassword: '保存したパスワードを消去',
  available: 'すぐにチャットに対応する',
  remember: 'サインイン情報を保存する',
  rememberHint: 'パスワードを暗号化してこのコンピューターに保存します',

  starting: 'サインインしています…',
  steps: {
    settings: 'チャットサーバーを調べています…',
    token: 'ご本人であることを確認しています…',
    session: 'セッションを開始しています…',
    status: '状態を設定しています…',
  },
  failed: {
    settings: 'サイトからチャットサーバーの情報を得られませんでした',
    token: 'サイトがご本人であることを確認しませんでした',
    session: 'チャットサーバーがセッションを開始しませんでした',
    status: '状態を設定できませんでした',
  },
  advice: {
    password: 'ユーザー名とパスワードを確認してください。',
    account:
      'アカウント ID を確認してください。正しい場合は、チャットで作業できるアカウントかどうかを IT 担当者にお尋ねください。',
    site: 'サイトのアドレスを確認してください。',
    network: 'このコンピューターのネットワークを確認してから、もう一度サインインしてください。',
    'try-again': 'しばらく待ってから、もう一度サインインしてください。',
    'ask-it': 'ここに表示されている内容を添えて、IT 担当者にお尋ねください。',
    disk: 'ディスクの空き容量を増やしてから、もう一度サインインしてください。',
  },
  faults: {
    NOT_THIS_API: '応答したのは対象のサイトではないか、Signoff が対応していないサイトです。',
    UNUSABLE: 'サイトの応答に、Signoff が使用できない値が含まれています。',
    NOT_SAVED: 'セッションをこのコンピューターに保存できなかったため、再び終了しました。',
    NOT_ENDED:
      'セッションをこのコンピューターに保存できず、終了することもできませんでした。数分後にサーバーが自動的に破棄します。',
    UNKNOWN_SESSION:
      'このアカウント ID では、サーバーが新しいセッションを認識していません。Signoff は可能な範囲で終了しました。',
    ANSWER_LOST:
      '応答が失われたため、サーバーにセッションが作成されている可能性があります。数分後にサーバーが自動的に破棄します。次の試行で引き継ぐこともできます。',
    NOT_ALLOWED:
      'このサイトまたはそのチャットサーバーは、組織によって許可されていません（allowedServers）。',
    NOT_OFFERED: 'Signoff でのサインインは、組織によって提供されていません（sessionsFrom）。',
    LEAVING: 'Signoff は終了処理中です。次回の起動後にサインインしてください。',
  },
  problems: { 'under-way': 'すでにサインインを実行中です。' },
  cancelled: 'キャンセルしました。サインインしていません。',
  statusProblem: (why) => `サインインしましたが、状態を設定できませんでした。${why}`,

  conflict: {
    title: 'すでに別の場所でサインインしています',
    means:
      'サーバーにはすでにご自身のセッションがあります。ブラウザーか別のコンピューターのものかもしれません。引き継ぎますか？元の場所では終了し、ここで続きます。',
    perhapsOursTitle: 'すでにサインインしている可能性があります',
    perhapsOursMeans:
      'サーバーにはご自身のセッションがあります。応答が失われた直前の試行によるものかもしれません。引き継ぎますか？別の場所で使用中の場合、そこでは終了します。',
    takeOver: '引き継ぐ',
  },
};
