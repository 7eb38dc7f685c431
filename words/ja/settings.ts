import type { settings as english } from '../en/settings.ts';

export const settings: typeof english = {
  title: '設定',
  close: '閉じる',
  managed: '組織によって管理されています',

  general: '全般',
  notifications: '通知',
  away: '離席時の動作',
  browser: 'ブラウザーからの登録',
  leftovers: '異常停止の後',

  startAtLogin: 'ログイン時に起動する',
  startAtLoginHint: 'ウィンドウを開かず、通知領域で起動します。',
  startAtLoginBy: {
    desktop: 'デスクトップの設定でオフになっています',
    installation: 'インストールによりオンになっています',
  },
  language: '言語',
  systemLanguage: (name) => `システムに合わせる（${name}）`,
  appearance: '外観',
  appearances: { system: 'システムに合わせる', light: 'ライト', dark: 'ダーク' },

  notifyOutcomes: '対応が必要な結果',
  notifyOutcomesHint:
    '終了できなかったセッションと、異常停止の後に残っていて終了したセッションをお知らせします。',
  notifyHandIns: 'セッションの登録',
  notifyHandInsHint: 'このウィンドウの外からセッションが登録されたときにお知らせします。',

  awayHint:
    '対応不可になるのは、ここでサインインしたセッションだけです。戻ると、対応可だったセッションは対応可に戻ります。',
  awayChoices: {
    nothing: '何もしない',
    unavailable: '対応不可にする',
    'sign-off': 'サインオフする',
  },
  onSuspend: 'コンピューターがスリープするとき',
  onLock: '画面がロックされたとき',
  onLockHint: 'GNOME や KDE など、ロックを通知するデスクトップが必要です。',
  onDisconnect: '端末セッションが切断されたとき',
  onDisconnectHint:
    'リモート デスクトップが切断されたとき、または他のユーザーに切り替わったときです。',
  asLock: '画面ロック時と同じ',
  onIdle: 'コンピューターが操作されていないとき',
  idleMinutes: '操作のない分数',

  browserHandIn: 'ブラウザーのコンソールによるセッションの登録を許可する',
  browserHandInHint: '下に記入したコンソールのうち、許可したものだけが登録できます。',
  browserOrigins: 'コンソールのアドレス',
  browserOriginsHint: '1 行に 1 つのアドレスを入力します。例: https://console.example.com',
  notAnOrigin: (line) =>
    `「${line}」は https://console.example.com のようなアドレスではありません。`,
  browserProblems: {
    portTaken: (port: number) =>
      `ポート ${port} は、ほかのプログラムか、ほかの人の Signoff がすでに使っています。Signoff は 1 分ごとに再試行します。`,
    portFails: (port: number, code: string) =>
      `ポート ${port} を開けませんでした（${code}）。Signoff は 1 分ごとに再試行します。`,
  },
  browserAccess: 'コンソールに必要な情報',
  browserAccessHint: '次のアドレスと、秘密のトークンです。',
  copyToken: 'トークンをコピー',

  receiptDays: '結果を保存する日数',
  receiptDaysHint: '月単位で削除されるため、一部はこれより長く残ります。',

  leftover: '作業中に Signoff が停止した場合',
  leftoverHint: '保持していたセッションの扱いを選択します。',
  leftoverChoices: {
    ask: '確認する（回答がなければサインオフ）',
    'sign-off': 'すぐにサインオフする',
    resume: '保持を続ける',
  },

  range: (least, most) => `${least}～${most}`,
  problems: {
    managed: 'この設定は組織によって管理されています。',
    'out-of-bounds': 'この設定にその値は指定できません。',
    'not-saved':
      '保存できませんでした。設定は変更されていません。ディスクの空き容量をご確認ください。',
  },
  outOfRange: (least, most) => `${least}～${most} の整数を指定してください。`,

  helpTitle: 'キーボードショートカット',
  version: (version) => `Signoff ${version}`,
  shortcuts: {
    signIn: 'サインイン',
    add: 'セッションを追加',
    search: '結果を検索',
    settings: '設定を開く',
    sessions: 'セッションを表示',
    results: '結果を表示',
    signOffAll: 'すべてサインオフ',
    resultStep: '結果の一覧: 1 件上または下へ',
    resultPage: '結果の一覧: 数件上または下へ',
    resultEnd: '結果の一覧: 最初または最後へ',
    chartStep: 'グラフ: 突出した結果をたどる',
    zoomIn: '表示を拡大',
    zoomOut: '表示を縮小',
    zoomReset: '表示を標準のサイズに戻す',
    help: 'このヘルプを開く',
    close: '開いているものを閉じる',
  },
  keys: {
    control: 'Ctrl',
    shift: 'Shift',
    escape: 'Esc',
    pageUp: 'Page Up',
    pageDown: 'Page Down',
    home: 'Home',
    end: 'End',
  },
  or: 'または',
};
