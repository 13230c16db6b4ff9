/** What changes cost: money, tokens and energy by model and phase, against the budgets, and what it comes to against conventional work. */
import { NumberInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { Budgets, ChangeCost, CostReportJson, Ownership } from '#api/client';
import { outcomeWords } from '../changes/outcome-words.ts';
import { EmptyNote } from '../frame/empty-note.tsx';
import { Page, Section } from '../frame/page.tsx';
import { ProblemNote } from '../frame/problem-note.tsx';
import { Waiting } from '../frame/waiting.tsx';
import { costQuery } from '../system/queries.ts';
import { formatNumber } from '../values/format.ts';
import type { Place } from '../values/format.ts';
import { Moment, usePlace } from '../values/place.tsx';

/** The owner's own figures, with what is assumed until they are given. */
const figures = [
  { name: 'conventionalHours', label: 'Hours of conventional work a change' },
  { name: 'hourlyRate', label: 'An hour of an engineer, $' },
  { name: 'minutesAChange', label: 'Minutes of people a change here' },
  { name: 'askersRate', label: 'An hour of those people, $' },
  { name: 'monthly', label: 'Running the system a month, $' },
] as const;

export default function Cost(): ReactNode {
  const [own, setOwn] = useState<{ readonly [name: string]: string }>({});
  const { data: report, error, refetch } = useQuery(costQuery(own));
  return (
    <Page title="Cost" lead="What changes cost, and what that comes to.">
      {error !== null && <ProblemNote cause={error} retry={() => void refetch()} />}
      {report === undefined ? (
        error === null && <Waiting lines={6} />
      ) : (
        <>
          <Summary report={report} />
          {report.byModel.length > 0 && (
            <Section title="By model">
              <Models report={report} />
            </Section>
          )}
          <Section title="Against conventional work">
            <div className="row" style={{ gap: '0.8rem', flexWrap: 'wrap' }}>
              {figures.map(({ name, label }) => (
                <NumberInput
                  key={name}
                  label={label}
                  description={report.ownership.input[name].from === 'stated' ? 'yours' : 'assumed'}
                  value={report.ownership.input[name].value}
                  min={0}
                  onChange={(value) => typeof value === 'number' && setOwn({ ...own, [name]: String(value) })}
                />
              ))}
            </div>
            <Owned owned={report.ownership} />
          </Section>
          <Section title="By change">
            <Changes items={report.items} />
            <p className="small">
              <a href="/_theseus/cost?format=csv" download>
                All of it as CSV
              </a>
            </p>
          </Section>
        </>
      )}
    </Page>
  );
}

function Summary({ report: { total, energy, budgets } }: { readonly report: CostReportJson }): ReactNode {
  const place = usePlace();
  const count = (value: number): string => formatNumber(value, place);
  return (
    <dl className="facts">
      <dt>Changes</dt>
      <dd>
        {count(total.changes)} asked for or checked, of which {count(total.retained)} {total.retained === 1 ? 'is' : 'are'} live
      </dd>
      <dt>Models</dt>
      <dd>
        {dollars(total.usd)} for {count(total.calls)} {total.calls === 1 ? 'call' : 'calls'}
        {total.callsWithoutPrice > 0 && <>, and an unknown sum for {total.callsWithoutPrice} of them</>}
      </dd>
      <dt>A change that stayed</dt>
      <dd>
        {total.usdPerRetained === null ? (total.retained === 0 ? 'none yet' : 'unknown') : `${dollars(total.usdPerRetained)} for models`}
      </dd>
      <dt>Tokens</dt>
      <dd>
        {count(total.tokens.input)} in ({count(total.tokens.cached)} from a cache), {count(total.tokens.output)} out
        {total.callsWithoutTokens > 0 && <>, unknown in {total.callsWithoutTokens} calls</>}
      </dd>
      <dt>Energy</dt>
      <dd>
        {wattHours(total.energyWh.from)} to {wattHours(total.energyWh.to)}
        {total.callsWithoutEnergy > 0 && <>, unknown in {total.callsWithoutEnergy} calls</>}{' '}
        <span className="quiet small">
          {energy.method}, table of {energy.table}
        </span>
      </dd>
      <dt>Processors</dt>
      <dd>{total.cpuSeconds.toFixed(1)} s in gates and the rest of the workshop</dd>
      {budgets !== null && (
        <>
          <dt>Budgets</dt>
          <dd className="row" style={{ gap: '0.4rem', flexWrap: 'wrap' }}>
            {(['change', 'day', 'month'] as const).map((period) => (
              <span key={period} className="tag">
                a {period}: {budgetOf(budgets[period], place)}
              </span>
            ))}
          </dd>
        </>
      )}
    </dl>
  );
}

function Models({ report }: { readonly report: CostReportJson }): ReactNode {
  const place = usePlace();
  return (
    <div className="sheet scroll-x">
      <table className="table table-cards">
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col">For</th>
            <th scope="col">Calls</th>
            <th scope="col">Tokens in</th>
            <th scope="col">Tokens out</th>
            <th scope="col">Cost</th>
          </tr>
        </thead>
        <tbody>
          {report.byModel.map((each) => (
            <tr key={`${each.provider} ${each.model} ${each.phase}`}>
              <td data-label="Model">
                {each.provider} {each.model}
              </td>
              <td data-label="For">{each.phase}</td>
              <td data-label="Calls">{each.calls}</td>
              <td data-label="Tokens in">{formatNumber(each.tokens.input, place)}</td>
              <td data-label="Tokens out">{formatNumber(each.tokens.output, place)}</td>
              <td data-label="Cost">{each.usd === null ? 'unknown' : dollars(each.usd)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Owned({ owned }: { readonly owned: Ownership }): ReactNode {
  const { here, conventional, saved, breakEven, months, sensitivity } = owned;
  return (
    <dl className="facts">
      <dt>Here, {months === 1 ? 'one month' : `${months.toFixed(1)} months`}</dt>
      <dd>
        {dollars(here.total)}: models {dollars(here.models.value)} ({here.models.from}), processors {dollars(here.processors.value)} (
        {here.processors.from}
        ), people {dollars(here.people.value)} ({here.people.from}), running {dollars(here.running.value)} ({here.running.from})
      </dd>
      <dt>The same by hand</dt>
      <dd>
        {dollars(conventional.total)} ({conventional.work.from})
      </dd>
      <dt>{saved >= 0 ? 'Saved' : 'Dearer here by'}</dt>
      <dd>{dollars(Math.abs(saved))}</dd>
      <dt>Even</dt>
      <dd>{breakEven === null ? 'never, by these figures' : `from ${breakEven.toFixed(1)} changes a month on`}</dd>
      <dt>What it hangs on</dt>
      <dd>
        {sensitivity.slice(0, 3).map((each) => (
          <span key={each.figure} className="small" style={{ display: 'block' }}>
            {figures.find(({ name }) => name === each.figure)?.label ?? each.figure}: saved {dollars(each.halved)} when halved,{' '}
            {dollars(each.doubled)} when doubled
          </span>
        ))}
      </dd>
    </dl>
  );
}

function Changes({ items }: { readonly items: readonly ChangeCost[] }): ReactNode {
  if (items.length === 0) return <EmptyNote title="No changes yet">What a change costs is shown here.</EmptyNote>;
  return (
    <div className="sheet scroll-x">
      <table className="table table-cards">
        <thead>
          <tr>
            <th scope="col">Change</th>
            <th scope="col">Asked</th>
            <th scope="col">Outcome</th>
            <th scope="col">Models</th>
            <th scope="col">Processors</th>
          </tr>
        </thead>
        <tbody>
          {items.map((change) => (
            <tr key={change.change}>
              <td data-label="Change">
                <Link to="/changes/$id" params={{ id: change.change }}>
                  {change.request.slice(0, 90)}
                </Link>
              </td>
              <td data-label="Asked">
                <Moment at={change.at} />
              </td>
              <td data-label="Outcome">{change.outcome === null ? 'under way' : outcomeWords[change.outcome].label}</td>
              <td data-label="Models">{costOf(change)}</td>
              <td data-label="Processors">{(change.phases.reduce((sum, phase) => sum + phase.cpuMs, 0) / 1_000).toFixed(2)} s</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function costOf({ calls }: ChangeCost): string {
  if (calls.length === 0) return 'none called';
  return calls.some((call) => call.usd === null) ? 'unknown' : dollars(calls.reduce((sum, call) => sum + (call.usd ?? 0), 0));
}
const budgetOf = ({ usd, tokens }: Budgets['change'], place: Place): string =>
  [...(usd === undefined ? [] : [dollars(usd)]), ...(tokens === undefined ? [] : [`${formatNumber(tokens, place)} tokens`])].join(', ') ||
  'unbounded';
const inDollars = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const dollars = (usd: number): string => `$${usd > 0 && usd < 0.01 ? usd.toPrecision(2) : inDollars.format(usd)}`;
const wattHours = (value: number): string => (value >= 1_000 ? `${(value / 1_000).toFixed(2)} kWh` : `${value.toPrecision(2)} Wh`);
