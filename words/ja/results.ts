import { createCounting } from '../counting.ts';
import type { results as english } from '../en/results.ts';

const count = createCounting('ja');

const counted = (found: number): string => count(found, { other: '# 件' });

export const results: typeof english = {
  title: '結果',

  whatHappened: {
    ended: 'サーバーがセッションを終了しました。',
    'already-over': '要求の前にセッションはすでに終了していたと、サーバーが回答しました。',
    refused: 'サーバーがセッションの終了を拒否しました。引き続き保持しています。',
    'not-found':
      '応答したのがこのチャットサーバーではないか、サイトが認識されていません。セッションは引き続き保持しています。',
    'server-error': 'サーバーが終了に失敗しました。セッションは引き続き保持しています。',
    unreachable: 'サーバーに接続できませんでした。セッションは引き続き保持しています。',
    'timed-out': 'サーバーが時間内に応答しませんでした。セッションは引き続き保持しています。',
    unconfirmed:
      'チャットサーバー自身は、セッションが終了したと回答していません。引き続き保持し、Signoff が再試行します。',
    letGo:
      'チャットサーバー自身は、セッションが終了したと一度も回答しませんでした。サーバーが不在のエージェントをこれほど長く保持することはないため、セッションの保持をやめました。',
    server: 'サーバーが自らセッションを終了しました。Signoff からの要求によるものではありません。',
    replaced:
      '同じアカウントの新しいセッションが引き渡され、このセッションと入れ替わりました。コンソールが再読み込みされたと考えられ、サーバーは以前のセッションを認識しません。',
  },
  consoleMayHaveAnother:
    '再読み込みなどにより、その後コンソールのセッション ID が変わった可能性があります。勤務を続けている場合は、新しいものを引き渡してください。',
  causeNames: {
    asked: 'ご指示',
    quit: '終了',
    shutdown: 'シャットダウン',
    signal: 'システムの信号',
    suspend: 'スリープ',
    lock: '画面ロック',
    disconnect: '端末セッションの切断',
    idle: '無操作',
    leftover: '以前からの残り',
    server: 'サーバー自身',
    replaced: '新しいセッション',
  },
  forced: '強制',
  attempts: (attempts) => count(attempts, { other: '試行 # 回' }),

  views: { label: '表示', list: '一覧', times: '推移' },

  list: {
    label: '結果（新しい順）',
    noneYet: '結果はまだありません',
    noneYetMore: 'サインオフごとのサーバーの応答が、ここに表示されます。',
    noneMatch: '一致する結果はありません',
    noneMatchMore: '別の言葉で検索するか、フィルターを外してください。',
    loading: '結果を読み込んでいます…',
    failed: '結果を読み取れませんでした。',
    readAgain: '再読み込み',
    count: (found, more) => (more ? count(found, { other: '# 件以上' }) : counted(found)),
    unreadable: (lines) =>
      count(lines, { other: '保存された結果のうち # 件を読み取れず、省略しました。' }),
    serverOf: (took) => `サーバー ${took}／全体`,
    took: '全体',
  },

  filter: {
    search: '結果を検索',
    searchHint: 'ラベル、サーバー、サイト、エラー',
    show: 'フィルター',
    from: '開始日',
    to: '終了日',
    searched: (text) => `「${text}」`,
    since: (day) => `${day} 以降`,
    until: (day) => `${day} まで`,
    active: '適用中のフィルター',
    remove: (name) => `フィルターを外す: ${name}`,
    clear: 'すべて解除',
  },

  receipt: {
    back: '戻る',
    copyJson: 'JSON としてコピー',
    copyText: 'テキストとしてコピー',
    copied: 'コピーしました。',
    notCopied: 'コピーできませんでした。',
    said: 'サーバーの回答',
    wrong: '発生した問題',
    code: 'コード',
    status: 'HTTP ステータス',
    message: 'メッセージ',
    noTimes: '時間は測定されませんでした。応答がなかったか、その間に時計が変更されました。',
    details: 'すべての詳細',
    reply: '応答の原文',
    replyStatus: (status) => `HTTP ${status}`,
    replyCut: '先頭部分のみ保存されています。',
    replyEmpty: '応答は空でした。',
    outcome: '結果',
    cause: '理由',
    forced: '強制',
    yes: 'はい',
    no: 'いいえ',
    attempts: '試行回数',
    proxy: 'プロキシ',
    connectedTo: '接続先アドレス',
    tried: '試したアドレス',
    started: '開始',
    finished: '完了',
    roundTrip: '往復時間',
    processing: 'サーバーの処理',
    network: 'ネットワーク',
    serviceStarted: 'サービス開始',
    serviceFinished: 'サービス完了',
    clock: 'サーバーの時計',
    clientId: 'クライアント ID',
    sequenceNumber: 'シーケンス番号',
    technical: '技術的な詳細',
    implausible: {
      label: '不自然な値',
      negative: 'サーバーの申告では、開始より前に完了しています。',
      longer: 'サーバーの申告では、処理が往復全体より長くかかっています。',
      clock: 'サーバーとこのコンピューターの時計が 1 日以上ずれています。',
      other: 'サーバーが示した時間に、ありえないものがあります。',
    },
  },

  waterfall: {
    title: '時間の内訳',
    phases: {
      wait: '接続待ち',
      dns: 'DNS',
      tcp: 'TCP',
      tls: 'TLS',
      request: '送信',
      firstByte: '応答待ち',
      download: '受信',
    },
    server: (took) => `サーバー ${took}`,
    network: (took) => `ネットワーク ${took}`,
    placed: (uncertainty) =>
      `サーバーの処理は待ち時間の中央に描いています。実際には最大 ${uncertainty}前後する可能性があります。`,
    table: '時間の表',
    part: '区分',
    began: '開始時点',
    took: '所要時間',
    total: '合計',
  },

  summary: {
    mostlyServer: (took, of) => `${of}のうちサーバーの処理が ${took}で、大半を占めました。`,
    mostlyPart: (took, of, part) =>
      `${of}のうちサーバーの処理は ${took}。待ち時間の大半は${part}でした。`,
    longestPart: (took, of, part) =>
      `${of}のうちサーバーの処理は ${took}。最も長く待ったのは${part}でした。`,
    noServerMostly: (of, part) => `所要時間は ${of}。大半は${part}でした。`,
    noServerLongest: (of, part) => `所要時間は ${of}。最も長かったのは${part}でした。`,
    noParts: (of) => `所要時間は ${of}でした。`,
    serverOnly: (took, of) => `${of}のうちサーバーの処理は ${took}でした。`,
    parts: {
      wait: '接続待ち',
      dns: ' DNS ',
      tcp: ' TCP ',
      tls: ' TLS ',
      request: '送信',
      network: 'ネットワーク',
      answer: '応答待ち',
      download: '受信',
    },
  },

  times: {
    typically: '通常:',
    per: '単位',
    hour: '時間',
    day: '日',
    median: '中央値',
    percentile: '95 パーセンタイル',
    outliers: '外れ値',
    outlier: (took, name, when) => `${took}、${name}、${when}`,
    chart: (what, low, high) => `${what}: 中央値 ${low}～${high}`,
    bucket: (when, median, p95, found) =>
      `${when}: 中央値 ${median}、95 パーセンタイル ${p95}、${counted(found)}`,
    none: '時間のデータはまだありません',
    noneMore: 'サーバーとネットワークの所要時間が、ここに表示されます。',
    noFigures: 'これらの結果には所要時間が記録されていません。',
    loading: '時間を読み込んでいます…',
    failed: '時間を読み取れませんでした。',
    looked: (found, complete) =>
      complete ? counted(found) : count(found, { other: '最新の # 件' }),
    table: 'グラフの表',
    outliersTable: '外れ値の結果',
    begins: '開始',
    count: '件数',
    serverMedian: 'サーバー、中央値',
    serverPercentile: 'サーバー、95 パーセンタイル',
    roundTripMedian: '往復時間、中央値',
    roundTripPercentile: '往復時間、95 パーセンタイル',
    result: '結果',
  },

  export: {
    as: (format) => `${format} としてエクスポート`,
    running: (written) => `エクスポート中… ${counted(written)}`,
    saved: (found, fileName) => `${counted(found)}を ${fileName} に保存しました。`,
    cancelled: 'エクスポートをキャンセルしました。何も保存されていません。',
    failed: (why) => `エクスポートに失敗しました: ${why}`,
    faults: {
      'disk-full': 'ディスクの空きがありません。空きを作るか、別の場所を選択してください。',
      'not-allowed': 'この場所には書き込めません。別のフォルダーを選択してください。',
      'in-use':
        '別のプログラムがこのファイルを開いています。そちらで閉じるか、別の名前を選択してください。',
      'folder-gone': 'フォルダーがなくなっています。別のフォルダーを選択してください。',
    },
    otherFault: (code) => `ファイルを書き込めませんでした（${code}）。`,
    showInFolder: 'フォルダーに表示',
  },
};
