/** What the components promise, before and after: field by field, in words where the words are known, else as they stand. */
import type { ReactNode } from 'react';
import type { ContractDifference, Json } from '#api/client';
import { membersOf } from '../values/json-members.ts';

export function ContractDifferences({ contracts }: { readonly contracts: readonly ContractDifference[] }): ReactNode {
  if (contracts.length === 0) return <p className="quiet">No contract differs: callers see the same promises as before.</p>;
  const components = [...new Set(contracts.map((contract) => contract.component))];
  return (
    <div className="stack">
      {components.map((component) => (
        <div key={component} className="sheet">
          <h3 className="padded" style={{ paddingBottom: '0.25rem' }}>
            {component.replace('/', ' ')}
          </h3>
          <div className="scroll-x">
            <table className="table table-cards">
              <thead>
                <tr>
                  <th scope="col">Member</th>
                  <th scope="col">What</th>
                  <th scope="col">Before</th>
                  <th scope="col">After</th>
                </tr>
              </thead>
              <tbody>
                {contracts
                  .filter((contract) => contract.component === component)
                  .map((contract) => (
                    <tr key={contract.member}>
                      <td className="lead-cell">
                        <code>{contract.member === '' ? 'all of it' : contract.member}</code>
                      </td>
                      <td data-label="What">
                        <span
                          className={`tag ${contract.kind === 'added' ? 'tag-good' : contract.kind === 'removed' ? 'tag-bad' : 'tag-doubt'}`}
                        >
                          {contract.kind}
                        </span>
                      </td>
                      <td data-label="Before" className={contract.before === null ? 'absent' : ''}>
                        <Promised value={contract.before} />
                      </td>
                      <td data-label="After" className={contract.after === null ? 'absent' : ''}>
                        <Promised value={contract.after} />
                      </td>
                    </tr>
                  ))}
              </tbody>
            </table>
          </div>
        </div>
      ))}
    </div>
  );
}

function Promised({ value }: { readonly value: Json }): ReactNode {
  if (value === null) return <span className="quiet">–</span>;
  if (typeof value !== 'object') return <code>{String(value)}</code>;
  const text = JSON.stringify(value);
  const words = describe(value);
  if (words !== undefined)
    return (
      <details>
        <summary>{words}</summary>
        <pre className="witness">{JSON.stringify(value, null, 2)}</pre>
      </details>
    );
  return text.length <= 80 ? (
    <code>{text}</code>
  ) : (
    <details>
      <summary>show</summary>
      <pre className="witness">{JSON.stringify(value, null, 2)}</pre>
    </details>
  );
}

/** A field or an operation in a few words. */
function describe(value: Json): string | undefined {
  const members = membersOf(value);
  if (members === undefined) return undefined;
  const kind = membersOf(members['type'])?.['kind'];
  if (typeof kind === 'string') {
    const parts: string[] = [kind];
    for (const trait of ['required', 'unique', 'sensitive']) if (members[trait] === true) parts.push(trait);
    if (membersOf(members['derived']) !== undefined) parts.push('computed');
    else if (members['default'] !== undefined && members['default'] !== null) parts.push('with a default');
    return parts.join(', ');
  }
  const http = membersOf(members['http']);
  if (http !== undefined) return `${String(http['method'])} ${String(http['path'])}`;
  return typeof members['kind'] === 'string' && typeof members['name'] === 'string' ? `${members['kind']} ${members['name']}` : undefined;
}
