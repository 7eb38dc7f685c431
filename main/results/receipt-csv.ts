import type { Receipt } from './receipt.ts';

type Cell = string | number | boolean | null;

/** The columns by their names, which must not change because scripts read them. */
const COLUMNS: readonly (readonly [name: string, of: (receipt: Receipt) => Cell])[] = [
  ['id', ({ id }) => id],
  ['heldId', ({ heldId }) => heldId],
  ['kind', ({ kind }) => kind],
  ['label', ({ label }) => label],
  ['server', ({ address }) => address.server],
  ['fqSiteName', ({ address }) => address.fqSiteName],
  ['cause', ({ cause }) => cause],
  ['forced', ({ forced }) => forced],
  ['outcome', ({ outcome }) => outcome],
  ['attempts', ({ attempts }) => attempts],
  ['startedAt', ({ startedAt }) => startedAt],
  ['finishedAt', ({ finishedAt }) => finishedAt],
  ['roundTripMs', ({ roundTripMs }) => roundTripMs],
  ['processingMs', ({ server }) => server.processingMs],
  ['networkMs', ({ networkMs }) => networkMs],
  ['waitMs', ({ phases }) => phases.wait],
  ['dnsMs', ({ phases }) => phases.dns],
  ['tcpMs', ({ phases }) => phases.tcp],
  ['tlsMs', ({ phases }) => phases.tls],
  ['requestMs', ({ phases }) => phases.request],
  ['firstByteMs', ({ phases }) => phases.firstByte],
  ['downloadMs', ({ phases }) => phases.download],
  ['totalMs', ({ phases }) => phases.total],
  ['serviceStartTime', ({ server }) => server.serviceStartTime],
  ['serviceFinishTime', ({ server }) => server.serviceFinishTime],
  ['clockOffsetMs', ({ clockOffsetMs }) => clockOffsetMs],
  ['clockUncertaintyMs', ({ clockUncertaintyMs }) => clockUncertaintyMs],
  ['implausible', ({ implausible }) => implausible.join(' ')],
  ['clientId', ({ server }) => server.clientId],
  ['sequenceNumber', ({ server }) => server.sequenceNumber],
  ['errorCode', ({ error }) => error?.code ?? null],
  ['errorMessage', ({ error }) => error?.message ?? null],
  ['errorStatus', ({ error }) => error?.status ?? null],
  ['proxy', ({ proxy }) => proxy],
  ['replyStatus', ({ reply }) => reply?.status ?? null],
  ['replyBody', ({ reply }) => reply?.body ?? null],
  ['replyCut', ({ reply }) => reply?.cut ?? null],
  ['answeredBy', ({ answeredBy }) => answeredBy?.kind ?? null],
  ['answererName', ({ answeredBy }) => answeredBy?.name ?? null],
  ['retryAfterMs', ({ retryAfterMs }) => retryAfterMs],
  ['handedIn', ({ handedIn }) => handedIn],
  ['letGo', ({ letGo }) => letGo],
  ['connectedTo', ({ connectedTo }) => connectedTo],
  ['tried', ({ tried }) => tried.join(' ')],
];

/** The header line by RFC 4180. */
export function csvHeader(): string {
  return csvLine(COLUMNS.map(([name]) => name));
}

/** A receipt as a record by RFC 4180, safe against formula injection. */
export function csvRecord(receipt: Receipt): string {
  return csvLine(COLUMNS.map(([, of]) => of(receipt)));
}

function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: Cell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell);
  const text = withoutFormula(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Where a formula may begin: at the beginning of a cell; and, since many locales separate cells by semicolons,
 * after one of those or at the beginning of a line.
 */
const FORMULA = /^(?=[\t\r\n])|(?=[=+\-@＝＋－＠])(?<=(?:^|[;\t\r\n])[ "\t\r]*)/g;

/** A leading apostrophe makes it text. */
function withoutFormula(text: string): string {
  return text.replaceAll(FORMULA, "'");
}
