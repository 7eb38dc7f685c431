import { useId } from 'preact/hooks';
import type { Timings } from '../../../preload/contract.ts';
import { isFiltering } from '../../model/results-filter.ts';
import type { Receipt } from '../../model/types.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { Icon } from '../../parts/Icon.tsx';
import type { Per, ResultsStore } from '../../stores/results-store.ts';
import { language, words } from '../../text/language.ts';
import { hostOf, receiptName } from '../../text/names.ts';
import { duration, moment } from '../../text/time.ts';
import { isProcessingImplausible } from '../implausible.ts';
import { summarise } from '../summary.ts';
import { Segments } from '../Segments.tsx';
import { TableDisclosure } from '../TableDisclosure.tsx';
import { type Bucket, chartOf, type Measure, labelledStarts } from './chart-layout.ts';
import { bucketName, TimeChart } from './TimeChart.tsx';

const MEASURES: readonly Measure[] = ['roundTrip', 'processing'];

interface Props {
  readonly results: ResultsStore;
  readonly onOpen: (receipt: Receipt) => void;
}

/** The durations of sign-offs over time. */
export function OverTime({ results, onOpen }: Props) {
  const { timings, per, status } = results.times.value;
  const { times: texts, list } = words.value.results;
  if (status === 'failed') {
    return (
      <div class="notice tone-bad" role="alert">
        <Icon name="warning" />
        <p>{texts.failed}</p>
        <button type="button" class="button" onClick={() => void results.readTimes()}>
          {list.readAgain}
        </button>
      </div>
    );
  }
  if (!timings) return <p class="quiet results-note">{texts.loading}</p>;
  if (timings.count === 0) {
    const filtering = isFiltering(results.filter.value);
    return (
      <EmptyState
        icon={filtering ? 'search' : 'clock'}
        title={filtering ? list.noneMatch : texts.none}
      >
        <p class="quiet">{filtering ? list.noneMatchMore : texts.noneMore}</p>
      </EmptyState>
    );
  }
  const { typical } = timings;
  const summary = typical && summarise(typical);
  const charts = MEASURES.flatMap((measure) => {
    const chart = chartOf(timings, measure, per);
    return chart ? [{ measure, chart }] : [];
  });
  return (
    <div class="card times" aria-busy={status === 'loading'}>
      <TimesChoice results={results} />
      {summary && (
        <p>
          <b>{texts.typically}</b> {summary}
        </p>
      )}
      {charts.length === 0 && <p class="quiet">{texts.noFigures}</p>}
      {charts.length > 0 && (
        <>
          <div class="charts">
            {charts.map(({ measure, chart }) => (
              <TimeChart key={measure} chart={chart} measure={measure} per={per} onOpen={onOpen} />
            ))}
            <ChartLabels buckets={timings.buckets} per={per} />
          </div>
          <Legend hasOutliers={timings.outliers.length > 0} />
          <BucketTable buckets={timings.buckets} per={per} />
        </>
      )}
      {timings.outliers.length > 0 && <OutlierTable outliers={timings.outliers} onOpen={onOpen} />}
      <p class="quiet">{texts.looked(timings.count, timings.complete)}</p>
    </div>
  );
}

function TimesChoice({ results }: { results: ResultsStore }) {
  const { times: texts } = words.value.results;
  const { per, server } = results.times.value;
  const serverId = useId();
  const chosen = results.filter.value.servers;
  const servers =
    chosen.length === 0
      ? results.servers.value
      : results.servers.value.filter((one) => chosen.includes(one));
  return (
    <div class="times-choice">
      {servers.length > 1 ? (
        <div class="times-server">
          <label class="quiet" for={serverId}>
            {words.value.sessions.server}
          </label>
          <select
            id={serverId}
            class="select"
            value={server ?? ''}
            onChange={({ currentTarget }) => results.chooseServer(currentTarget.value)}
          >
            {servers.map((one) => (
              <option key={one} value={one}>
                {hostOf(one)}
              </option>
            ))}
          </select>
        </div>
      ) : (
        <p class="quiet">{server && hostOf(server)}</p>
      )}
      <Segments
        label={texts.per}
        names={texts}
        values={['hour', 'day']}
        value={per}
        onChoose={results.choosePer}
      />
    </div>
  );
}

/** The charts' time axis. */
function ChartLabels({ buckets, per }: { buckets: readonly Bucket[]; per: Per }) {
  const { starts, areAll } = labelledStarts(buckets, per);
  return (
    <p class={`chart-times quiet ${areAll ? '' : 'chart-times-many'}`}>
      {starts.map((start) => (
        <span key={start}>{bucketName(start, per)}</span>
      ))}
    </p>
  );
}

function Legend({ hasOutliers }: { hasOutliers: boolean }) {
  const { times: texts } = words.value.results;
  return (
    <p class="legend">
      <span>
        <svg width="18" height="8" aria-hidden="true">
          <line class="chart-median" x1="0" x2="18" y1="4" y2="4" />
        </svg>
        {texts.median}
      </span>
      <span>
        <svg width="18" height="8" aria-hidden="true">
          <line class="chart-p95" x1="0" x2="18" y1="4" y2="4" />
        </svg>
        {texts.percentile}
      </span>
      {hasOutliers && (
        <span>
          <svg width="10" height="10" aria-hidden="true">
            <circle class="outlier-mark" cx="5" cy="5" r="4" />
          </svg>
          {texts.outliers}
        </span>
      )}
    </p>
  );
}

function BucketTable({ buckets, per }: { buckets: readonly Bucket[]; per: Per }) {
  const { times: texts } = words.value.results;
  const number = new Intl.NumberFormat(language.value);
  const newestFirst = buckets.toSorted((a, b) => b.start - a.start);
  const columns = [
    texts.begins,
    texts.count,
    texts.serverMedian,
    texts.serverPercentile,
    texts.roundTripMedian,
    texts.roundTripPercentile,
  ];
  return (
    <TableDisclosure title={texts.table} columns={columns}>
      {newestFirst.map(({ start, count, processing, roundTrip }) => (
        <tr key={start}>
          <th scope="row">{bucketName(start, per)}</th>
          <td>{number.format(count)}</td>
          <td>{durationOrDash(processing?.median)}</td>
          <td>{durationOrDash(processing?.p95)}</td>
          <td>{durationOrDash(roundTrip?.median)}</td>
          <td>{durationOrDash(roundTrip?.p95)}</td>
        </tr>
      ))}
    </TableDisclosure>
  );
}

interface OutlierTableProps {
  readonly outliers: Timings['outliers'];
  readonly onOpen: (receipt: Receipt) => void;
}

function OutlierTable({ outliers, onOpen }: OutlierTableProps) {
  const { times: texts, receipt: receiptTexts } = words.value.results;
  const columns = [
    texts.result,
    receiptTexts.finished,
    receiptTexts.processing,
    receiptTexts.roundTrip,
  ];
  return (
    <TableDisclosure title={texts.outliersTable} columns={columns}>
      {outliers.map((receipt) => (
        <tr key={receipt.id}>
          <th scope="row">
            <button
              type="button"
              class="button button-plain button-small"
              onClick={() => onOpen(receipt)}
            >
              {receiptName(receipt)}
            </button>
          </th>
          <td>{moment(Date.parse(receipt.finishedAt))}</td>
          <td>
            {durationOrDash(receipt.server.processingMs)}
            {isProcessingImplausible(receipt) && ` (${receiptTexts.implausible.label})`}
          </td>
          <td>{durationOrDash(receipt.roundTripMs)}</td>
        </tr>
      ))}
    </TableDisclosure>
  );
}

const durationOrDash = (ms: number | null | undefined): string =>
  ms === null || ms === undefined ? '–' : duration(ms);
