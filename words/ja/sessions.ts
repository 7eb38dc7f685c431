import { createCounting } from '../counting.ts';
import type { sessions as english } from '../en/sessions.ts';

const count = createCounting('ja');

export const sessions: typeof english = {
  noBridge:
    'このウィンドウから Signoff に接続できませんでした。Signoff を終了し、もう一度起動してください。',
  noReply:
    'Signoff がこのウィンドウに応答しませんでした。もう一度お試しください。続く場合は、Signoff を終了して起動し直してください。',
  cancel: 'キャンセル',
  dismiss: '閉じる',
  tryAgain: '再試行',
  whatHappened: '結果のお知らせ',
  views: 'ウィンドウの区分',
  viewSessions: 'セッション',
  viewResults: '結果',

  kind: '種類',
  kinds: { agent: 'エージェントセッション', engagement: 'エンゲージメント' },
  outcomes: {
    ended: '終了しました',
    'already-over': 'すでに終了していました',
    refused: 'サーバーが拒否しました',
    'not-found': 'サーバーに見つかりません',
    'server-error': 'サーバーのエラー',
    unreachable: 'サーバーに接続できません',
    'timed-out': '時間内に応答がありません',
    unconfirmed: '未確認',
  },
  causes: {
    asked: 'ご指示により',
    quit: '終了時',
    shutdown: 'シャットダウン時',
    signal: 'システムの信号により',
    suspend: 'スリープ時',
    lock: '画面ロック時',
    disconnect: '端末セッションの切断時',
    idle: '無操作のため',
    leftover: '以前からの残り',
    server: 'サーバー自身により',
    replaced: '新しいセッションに置き換え',
  },
  agentName: (accountId) => `エージェント ${accountId}`,
  engagementName: (maskedId) => `エンゲージメント ${maskedId}`,

  units: { ms: 'ミリ秒', s: '秒', min: '分', h: '時間', d: '日' },
  justNow: 'たった今',
  more: (more) => count(more, { other: 'ほか # 件' }),
  heldForLessThanAMinute: '保持して 1 分未満',
  heldFor: (duration) => `保持して ${duration}`,
  heldSince: (moment) => `${moment} から保持`,
  timeLeft: (duration) => `残り ${duration}`,
  clockAhead: (duration) => `${duration} 進んでいます`,
  clockBehind: (duration) => `${duration} 遅れています`,

  headline: (held) =>
    held === 0
      ? '保持中のセッションはありません。'
      : count(held, { other: '# 件のセッションを保持中です。離席すると終了します。' }),
  headlineEnding: (ending) => count(ending, { other: '# 件をサインオフ中' }),
  headlineNeedsYou: (refused) => count(refused, { other: '# 件は対応が必要です' }),
  headlineStillHeld: (failed) => count(failed, { other: '# 件を終了できませんでした' }),

  heldElsewhere: (host, moment) =>
    moment === null ? `${host} が保持中` : `${host} が ${moment} から保持中`,
  elsewhereMeans:
    'そのコンピューターで作業中の人がいる可能性があるため、このコンピューターの Signoff が自動的に終了することはありません。誰も作業していない場合は、ここでサインオフしてください。',
  elsewhereSealed:
    '内容を読み取れるのはそのコンピューターだけです。そちらか、ご利用のコンソールでサインオフしてください。',

  held: '保持中のセッション',
  addSession: 'セッションを追加',
  signOff: 'サインオフ',
  signOffAll: 'すべてサインオフ',
  force: '強制',
  forceQuestion: (name) => `${name} を強制的にサインオフしますか？`,
  forceMeans:
    'サーバーが拒否しましたが、それでも終了しますか？まだ開いているチャットは切断されます。',
  forceSignOff: '強制サインオフ',
  actionOn: (action, name) => `${action}: ${name}`,
  details: '詳細',

  server: 'サーバー',
  site: 'サイト',
  account: 'アカウント',
  session: 'セッション',

  signingOff: 'サインオフ中…',
  ending: {
    asked: 'サインオフ中',
    quit: '終了のためサインオフ中',
    shutdown: 'シャットダウンのためサインオフ中',
    signal: 'システムの信号によりサインオフ中',
    suspend: 'スリープのためサインオフ中',
    lock: '画面ロックのためサインオフ中',
    disconnect: '端末セッションの切断のためサインオフ中',
    idle: '無操作のためサインオフ中',
    leftover: '残っていたセッションをサインオフ中',
    server: 'サーバーにより終了',
    replaced: '新しいセッションに置き換えられました',
  },
  endingByForce: '強制サインオフ中',
  endingAttempt: (doing, attempt) => count(attempt, { other: `${doing} · # 回目` }),
  attempt: (attempt) => count(attempt, { other: '# 回目' }),

  serverSays: 'サーバーの回答',
  serverSaid: (text) => `サーバーの応答:「${text}」`,
  code: (code) => `コード ${code}`,
  answeredBy: {
    gateway: 'サーバーの代わりに、ゲートウェイまたはファイアウォールが応答したようです。',
    'sign-in': 'サーバーの代わりに、サインインページが応答したようです。',
    nobody: '応答が空のため、セッションが終了したとはいえません。',
    unknown: '応答したものは、チャットサーバーの応答の形ではありません。',
  },
  answererCalled: (name) => `名前:「${name}」。`,
  answererSaid: (text) => `応答:「${text}」`,
  faults: {
    CONNECTION_REFUSED: 'サーバーのアドレスで接続が受け付けられていません。',
    NAME_NOT_FOUND: 'サーバーの名前を解決できませんでした。',
    CONNECTION_BROKEN: '応答が完了する前に接続が切れました。',
    CONNECT_TIMEOUT: '時間内にサーバーへ接続できませんでした。',
    TLS_FAILED: 'サーバーへの安全な接続を確立できませんでした。',
    CERTIFICATE_REJECTED: 'サーバーの証明書を信頼できませんでした。',
    CLIENT_CERTIFICATE_REJECTED:
      'サーバーがこのコンピューターのクライアント証明書を受け入れなかったか、証明書がありません。',
    PROXY_UNREACHABLE: 'プロキシに接続できませんでした。',
    PROXY_REFUSED: 'プロキシがサーバーへの接続を確立しませんでした。',
    PROXY_AUTHENTICATION_REQUIRED: 'プロキシがユーザー名とパスワードを求めています。',
    PROXY_NOT_SUPPORTED: 'システムが指定するプロキシの種類は、Signoff では使用できません。',
    NO_CONNECTION: 'サーバーに接続できませんでした。',
    TIMED_OUT: 'サーバーは要求を受け取りましたが、時間内に応答しませんでした。',
    NOT_THIS_API: '応答したのはチャットサーバーではありません。',
    REPLY_TOO_LARGE: '応答が大きすぎるため、チャットサーバーのものとは考えられません。',
  },
  faultStatus: (status) => `サーバーがエラーステータス ${status} で応答しました。`,
  faultWithoutReason: 'サーバーは理由を示さずに拒否しました。',
  nextTry: (duration) => `${duration}後に再試行します`,
  nextTryNow: '今から再試行します',
  nextTryOnline: 'ネットワークにつながり次第、再試行します',
  nextNeedsForce: '対応が必要です。強制するか、チャットを終えてからもう一度お試しください。',
  nextNeedsAddress:
    '対応が必要です。アドレスが誤っている可能性があります。離席時に Signoff が再試行します。',
  nextWhenLeaving: '引き続き保持しています。離席時に Signoff が再試行します。',

  firstRunTitle: 'どんなときも、確実にサインオフ',
  firstRunAdd:
    '作業中のセッションを追加すると、離席時に Signoff がチャットサーバー上で終了します。',
  firstRunSignIn: 'ここでサインインすると、離席時に Signoff がチャットサーバー上で終了します。',
  firstRunEither:
    'ここでサインインするか、作業中のセッションを追加してください。離席時に Signoff がチャットサーバー上で終了します。',
  firstRunLeave: '終了、ログアウト、シャットダウン、突然の停止。どの場合もセッションは残りません。',
  firstRunSee: 'サーバーの応答と、かかった時間を確認できます。',
  emptyTitle: '保持中のセッションはありません',
  emptyText: '次にチャットへサインインしたときに追加してください。',
  emptySignIn: '仕事に戻ったら、もう一度サインインしてください。',
  emptyCommand: 'コマンドラインの場合:',
  lately: '終了したばかり',
  serverTook: (processing, roundTrip) => `${roundTrip}のうちサーバーは ${processing}`,
  roundTripTook: (roundTrip) => `所要時間 ${roundTrip}`,
  allResults: 'すべての結果',

  offlineTitle: 'ネットワークがありません',
  offlineText:
    'セッションは保持されます。このコンピューターが再び接続されるまで何も終了できません。終了すべきものは、接続後に終了します。',
  notDurableTitle: 'メモリ内のみで保持',
  notDurableText:
    'このコンピューターでは暗号化を利用できないため、セッションはメモリ内にのみ保持されます。Signoff が強制終了された場合、次回の起動時に終了できません。',
  folderUnusableText:
    'このコンピューターの Signoff のフォルダーに書き込めないため、セッションはメモリ内にのみ保持されます。Signoff が強制終了された場合、次回の起動時に終了できません。理由はログに記録されています。',
  keyPendingTitle: 'まだ安全に保存されていません',
  keyPendingText:
    'セッションを暗号化する鍵を、Windows がまだ保存していません。数秒以内にこのコンピューターに障害が起きると、Signoff は次回の起動時にセッションを終了できません。',
  setAsideTitle: '以前のセッションを読み取れませんでした',
  setAsideText: (file) =>
    `サインインしていた場合は、コンソールで手動でサインオフしてください。ファイルは IT 部門のために「${file}」として残してあります。`,

  addHint: '入力するか、このフォームのどこにでも JSON として貼り付けてください。',
  holdSession: 'セッションを保持',
  notTaken: (keys) => `貼り付けた内容のうち、取り込まなかった項目: ${keys}`,
  cleaned: (fields) => `コピー時に紛れ込んだ文字を取り除きました: ${fields}。確認してください。`,
  pastedBroken: (line, column) =>
    `貼り付けた内容は完全な JSON ではありません。${line} 行目の ${column} 文字目に誤りがあります。`,
  pastedCutOff: '貼り付けた内容は完全な JSON ではありません。末尾が欠けています。',
  optional: '任意',
  showSessionId: 'セッション ID を表示',
  fields: {
    server: 'サーバーアドレス',
    fqSiteName: 'サイト名',
    pool: 'プール',
    accountId: 'アカウント ID',
    sessionId: 'セッション ID',
    label: 'ラベル',
  },
  hints: {
    server: '例: https://chat.example.com',
    fqSiteName: '例: day001_221100_sql_001h',
    pool: '例: 297:1',
    accountId: '例: 12',
    sessionId: '秘密として扱われます',
    label: 'お好きな呼び名',
  },
  problems: {
    missing: '入力されていません',
    'too-long': '512 文字を超えています',
    'label-too-long': '100 文字を超えています',
    'not-ascii': 'ASCII の文字、数字、記号のみ使用できます（空白は不可）',
    'control-characters': '改行などの制御文字は使用できません',
    'invisible-characters': 'コピー時に紛れ込むような、目に見えない文字は使用できません',
    'stray-signs': '引用符、コンマなど、値に含まれない記号は使用できません',
    colon: 'コロンは使用できません',
    'not-a-site': 'サイト名ではありません',
    'whole-address': 'アドレス全体ではなく、名前だけを入力してください',
    'not-a-kind': 'エージェントセッションまたはエンゲージメントを指定してください',
    'not-a-field': 'セッションの項目ではありません',
    'not-an-address': 'https://chat.example.com のようなアドレスを入力してください',
    'not-https': 'https:// で始めてください',
    'plain-http': 'https:// で始めてください。http:// はこのコンピューター自身にのみ使用できます',
    credentials: 'ユーザー名やパスワードは含められません',
    'more-than-host': 'ホストとポートまでのアドレスのみを入力してください',
    'not-allowed': '組織が許可しているサーバーではありません（allowedServers）',
    'not-offered': 'セッションの登録は、組織によって提供されていません（sessionsFrom）。',
  },
  fieldProblem: (field, problem) => `${field}: ${problem}`,
  unknownFieldProblem: (field, problem) => `「${field}」: ${problem}`,

  checkAddress: 'アドレスを確認',
  checking: '確認中…',
  checkWell: (duration) =>
    `アドレスは正しいです。サーバーは ${duration}で応答しました。何も終了していません。`,
  checkWrong: {
    host: 'このアドレスで応答するチャットサーバーはありません。',
    site: 'サーバーはこのサイトを認識していません。',
    pool: 'サーバーはサイトを認識していますが、このプールは認識していません。',
    unclear: '応答はありましたが、アドレスが正しいかどうかは判断できません。',
  },

  stoppedWhileHeld: (held) =>
    count(held, { other: '# 件のセッションを保持中に Signoff が予期せず停止しました' }),
  stillAtWork: 'まだ作業中ですか？',
  withoutAnswer: (held, duration) =>
    held === 1
      ? `回答がない場合、${duration}後にサインオフします。`
      : `回答がない場合、${duration}後にすべてサインオフします。`,
  leftoverSaid: (stopped, names, question, warning) =>
    `${stopped}: ${names}。${question}${warning}`,
  seconds: (seconds) => count(seconds, { other: '# 秒' }),
  keepHolding: '保持を続ける',
  signOffNow: '今すぐサインオフ',

  endedByServer: 'サーバーが終了しました',
  replaced: '新しいセッションに置き換えられました',

  presence: {
    present: '在席中',
    reconnecting: '再接続中',
    dropped: 'サーバーに切断されました',
  },
  droppedIn: (time) => `再接続中 — あと ${time} で切断`,
  presenceMeans: {
    reconnecting: 'サーバーに接続できません。Signoff が接続を試み続けています。',
    dropped:
      'サーバーへの連絡が長く途絶えたため、チャットは届かなくなりました。サインオフしてから、もう一度サインインしてください。',
  },
  presenceDoubted: (said) =>
    `応答からは在席中であることを確認できません。Signoff が接続を試み続けています。応答:「${said}」`,
  chatOffered: (time) =>
    `${time} にチャットが割り当てられようとしました。Signoff はチャットを受けられません。コンソールで受けてください。受けない場合、サーバーは別の人に割り当てます。`,
  headlineReconnecting: (away) => count(away, { other: '# 件を再接続中' }),
  headlineDropped: (away) => count(away, { other: '# 件が切断されました' }),

  activity: {
    of: (name) => `${name} の状態`,
    values: { available: '対応可', unavailable: '対応不可', unknown: '状態は不明です' },
    kinds: '対応できる内容',
    reasons: '対応できない理由',
    changing: '変更中…',
  },
  activityProblems: {
    conflict: (serverWords) =>
      `サーバー上の現在の作業と矛盾するため、サーバーが受け付けませんでした。サーバーの回答: ${serverWords}`,
    notChanged: (serverWords) => `状態は変更されませんでした: ${serverWords}`,
    noSession: 'ここで開始したセッションを保持していないため、設定できる状態がありません。',
  },

  originAsks: (host) => `${host} がセッションを渡そうとしています`,
  originMeans:
    'ご自身が作業しているコンソールの場合のみ許可してください。渡されたセッションは Signoff が保持し、離席時に終了します。',
  originWithoutAnswer: (duration) => `回答がない場合、${duration}後に拒否します。`,
  originSaid: (asks, origin, means) => `${asks}: ${origin}。${means}`,
  allowOrigin: '許可する',
  denyOrigin: '許可しない',

  calledOffTitle: 'シャットダウンが取り消されました',
  calledOffText: (ended, signedOut) => {
    const text = count(ended, { other: 'Signoff はすでに # 件のセッションを終了していました。' });
    return signedOut ? `${text}続けるには、もう一度サインインしてください。` : text;
  },
  calledOffSaid: (title, names, means) => `${title}: ${names}。${means}`,
  signInAgain: 'もう一度サインイン',

  leavingTitle: '終了前にサインオフしています…',
  leavingLeft: (left) => count(left, { other: '残り # 件' }),
  leavingNothingLeft: 'すべて終了しました。',
  leavingList: '終了中のセッション',
  over: '終了',
  waiting: '待機中',
  notOver: (held) => count(held, { other: '# 件のセッションが終了していません' }),
  notEnded: (held) =>
    held === 1
      ? 'Signoff はこのセッションを終了できませんでした。'
      : 'Signoff はこれらのセッションを終了できませんでした。',
  notOverList: '終了していないセッション',
  mayNotQuit:
    '保持中のセッションがある間は Signoff を終了できないように、組織によって設定されています。',
  stay: 'Signoff を開いたままにする',
  quitsWithoutAnswer: '回答がない場合、Signoff は終了します。',
  quitFinishesLater: '終了する（次回の起動時に Signoff が処理します）',
  quitLeavesOpen:
    'それでも終了する（サーバーが破棄するまで最長 6 分間、セッションは開いたままです）',
};
