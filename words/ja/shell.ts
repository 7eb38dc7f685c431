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
  signOffAll: 'すべてサインオフ',
  open: 'Signoff を開く',
  quit: 'サインオフして終了',

  inTrayTitle: 'Signoff は動作を続けています',
  inTrayBody:
    '離席時にサインオフするため、通知領域に常駐します。終了するには、そこで「サインオフして終了」を選択してください。',
  leftoverTitle: 'まだ作業中ですか？',
  leftoverBody: (held) =>
    count(held, {
      other:
        '# 件のセッションを保持中に Signoff が停止しました。1 分以内に回答がない場合、サインオフします。',
    }),

  notEnded: (name, outcome) => ({
    title: `${name} をサインオフできませんでした`,
    body: `${outcome}。引き続き保持しています。`,
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
};
