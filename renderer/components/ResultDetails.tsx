import type { ComponentChildren } from 'preact';
import { causeWords, clockWords, duration, kindWords } from '../words.ts';
import type { Receipt } from '../words.ts';
import { Icon } from './Icon.tsx';
import { ExactTime } from './Times.tsx';

const PHASES: readonly { key: keyof Receipt['phases']; term: string }[] = [
  { key: 'wait', term: 'Wait' },
  { key: 'dns', term: 'DNS' },
  { key: 'tcp', term: 'TCP' },
  { key: 'tls', term: 'TLS' },
  { key: 'request', term: 'Request' },
  { key: 'firstByte', term: 'First byte' },
  { key: 'download', term: 'Download' },
  { key: 'total', term: 'Total' },
];

/** All that is known of one sign-off. */
export function ResultDetails({ receipt }: { receipt: Receipt }) {
  const { server, error, address } = receipt;
  return (
    <div class="details">
      {receipt.implausible.length > 0 && (
        <ul class="marks" aria-label="Implausible">
          {receipt.implausible.map((mark) => (
            <li key={mark} class="outcome tone-care">
              <Icon name="warning" />
              <span>{mark}</span>
            </li>
          ))}
        </ul>
      )}
      {error && (
        <Group title={error.status === null ? 'What went wrong' : 'What the server said'}>
          <Row term="Message">{error.message}</Row>
          <Row term="Code">{error.code || '–'}</Row>
          <Row term="HTTP status">{error.status ?? '–'}</Row>
        </Group>
      )}
      <Group title="From the server">
        <Row term="Service started">
          <Instant iso={server.serviceStartTime} />
        </Row>
        <Row term="Service finished">
          <Instant iso={server.serviceFinishTime} />
        </Row>
        <Row term="Processing">{length(server.processingMs)}</Row>
        <Row term="Clock">
          {receipt.clockOffsetMs === null
            ? '–'
            : clockWords(receipt.clockOffsetMs, receipt.clockUncertaintyMs)}
        </Row>
        {server.clientId !== null && <Row term="Client id">{server.clientId}</Row>}
        {server.sequenceNumber !== null && (
          <Row term="Sequence number">{server.sequenceNumber}</Row>
        )}
      </Group>
      <Group title="By this computer">
        <Row term="Started">
          <Instant iso={receipt.startedAt} />
        </Row>
        <Row term="Finished">
          <Instant iso={receipt.finishedAt} />
        </Row>
        <Row term="Round trip">{length(receipt.roundTripMs)}</Row>
        <Row term="Network">{length(receipt.networkMs)}</Row>
      </Group>
      <Group title="Phases" grid>
        {PHASES.map(({ key, term }) => (
          <Row key={key} term={term}>
            {length(receipt.phases[key])}
          </Row>
        ))}
      </Group>
      <Group title="Sign-off">
        <Row term="Kind">{kindWords(receipt.kind)}</Row>
        <Row term="Cause">{causeWords(receipt.cause)}</Row>
        <Row term="Forced">{receipt.forced ? 'Yes' : 'No'}</Row>
        <Row term="Attempts">{receipt.attempts}</Row>
        <Row term="Server">{address.server}</Row>
        <Row term="Site">{address.fqSiteName}</Row>
      </Group>
    </div>
  );
}

const length = (ms: number | null): string => (ms === null ? '–' : duration(ms));

function Instant({ iso }: { iso: string | null }) {
  return iso === null ? <>–</> : <ExactTime iso={iso} />;
}

interface GroupProps {
  readonly title: string;
  readonly grid?: boolean;
  readonly children: ComponentChildren;
}

function Group({ title, grid = false, children }: GroupProps) {
  return (
    <div class="group">
      <h3>{title}</h3>
      <dl class={grid ? 'rows rows-grid' : 'rows'}>{children}</dl>
    </div>
  );
}

function Row({ term, children }: { term: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
