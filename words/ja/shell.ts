import { createCounting } from '../counting.ts';
import type { shell as english } from '../en/shell.ts';

const count = createCounting('ja');

export const shell: typeof english = {
  nothingHeld: '保持中のセッションなし',
  held: (held) => count(held, { other: '# 件のセッションを保持中' }),
  notEndedYet: (failed) => count(failed, { other: '# 件を終了できませんでした' }),
  tooltip: (state) => `Signoff: ${state}`,
  stillAtWork: 'Signoff が予期せず停止しました。まだ作業中ですか？',
  keepHolding: '保持を続ける',
  signOffNow: '今すぐサインオフ',
  signOff: (name) => `${name} をサインオフ`,
  signingOff: (name) => `${name} をサインオフ中…`,
  more: (more) => count(more, { other: 'ほか # 件' }),
  heldElsewhere: (host) => `${host} が保持中…`,
  signOffAll: 'すべてサインオフ',
  open: 'Signoff を開く',
  quit: 'サインオフして終了',

  present: (name) => `${name}: 在席中`,
  reconnecting: (name, left) =>
    left === null ? `${name}: 再接続中` : `${name}: 再接続中、${left} 以内に切断`,
  dropped: (name) => `${name}: サーバーに切断されました`,
  reconnectingCount: (away) => count(away, { other: '# 件を再接続中' }),
  droppedCount: (away) => count(away, { other: '# 件がサーバーに切断されました' }),
  activity: (name, value) => `${name}: ${value}`,
  activityValues: { available: '対応可', unavailable: '対応不可', unknown: '状態は不明' },
  availableAs: (kind) => `対応可: ${kind}`,
  unavailableBecause: (reason) => `対応不可: ${reason}`,
  originWants: (host) => `${host} がセッションを渡そうとしています…`,
  calledOff: (ended) =>
    count(ended, { other: 'シャットダウン取り消し: # 件のセッションを終了済み' }),

  inTrayTitle: 'Signoff は動作を続けています',
  inTrayBody:
    '離席時にサインオフするため、通知領域に常駐します。終了するには、そこで「サインオフして終了」を選択してください。',
  leftoverTitle: 'まだ作業中ですか？',
  leftoverBody: (held) =>
    count(held, {
      other:
        '# 件のセッションを保持中に Signoff が停止しました。回答がない場合、まもなくサインオフします。',
    }),

  notEnded: (name, outcome) => ({
    title: `${name} をサインオフできませんでした`,
    body: `${outcome}。引き続き保持しています。`,
  }),
  replaced: (name) => ({
    title: `${name}は置き換えられました`,
    body: '同じアカウントの新しいセッションが引き渡されました。このセッションは保持されません。',
  }),
  letGo: (name) => ({
    title: `${name}は保持されなくなりました`,
    body: '終了は確認できませんでしたが、サーバーが不在のエージェントをこれほど長く保持することはありません。',
  }),
  severalNotEnded: (held) => ({
    title: count(held, { other: '# 件のセッションをサインオフできませんでした' }),
    body: '引き続き保持しています。',
  }),
  leftoverEnded: (name) => ({
    title: `${name} をサインオフしました`,
    body: 'Signoff の起動前から残っていたセッションです。',
  }),
  leftoversEnded: (ended) => ({
    title: count(ended, { other: '# 件のセッションをサインオフしました' }),
    body: 'Signoff の起動前から残っていたセッションです。',
  }),
  handedIn: (name) => ({
    title: `${name} を保持しています`,
    body: 'ウィンドウの外から登録されました。離席時に終了します。',
  }),
  severalHandedIn: (held) => ({
    title: count(held, { other: '# 件のセッションを保持しています' }),
    body: 'ウィンドウの外から登録されました。離席時に終了します。',
  }),

  activityNotChanged: (name) => `${name}: 状態を変更できませんでした`,
  severalActivitiesNotChanged: (agents) =>
    count(agents, { other: '# 人のエージェントの状態を変更できませんでした' }),
  chatOffered: (name, isSetUnavailable) => ({
    title: `${name}: チャットが割り当てられようとしています`,
    body: isSetUnavailable
      ? 'Signoff はチャットを受けられません。コンソールで受けてください。受けない場合、サーバーは別の人に割り当てます。対応不可に設定しました。'
      : 'Signoff はチャットを受けられません。コンソールで受けてください。受けない場合、サーバーは別の人に割り当てます。',
  }),
  endedByServer: (name) => ({
    title: `サーバーが ${name} を終了しました`,
    body: 'サーバーからサインアウトされ、チャットは届きません。続けるには、もう一度サインインしてください。',
  }),
  originAsks: (origin) => ({
    title: 'ブラウザーのコンソールがセッションを渡そうとしています',
    body: `要求元は ${origin} です。許可するかどうかは、Signoff を開いて選んでください。`,
  }),
  unreachable: (name) => ({
    title: `${name}: サーバーに接続できません`,
    body: 'Signoff が接続を試み続けています。この状態が続くと、サーバーがセッションを切断し、チャットは届かなくなります。',
  }),
};
