/** Approvals: when one is needed, and what a change of a threshold may touch. */
import { fails, holds, type RuleCase, type Sources } from './support/rule-case.ts';
import { approvalOf, entity, system } from './support/sources.ts';

const fields = `amount: money({ required: true, min: '0.00', max: '900000.00' }),
    rush: boolean({}),
    country: choice({ choices: [home, union, world], default: 'home' }),
    status: choice({ choices: [open, paid, closed], default: 'open' }),`;
const needing = (when: string, more = ''): Sources =>
  approvalOf('bigOrder', 'order', `when: (order) => ${when}, before: 'status', ${more}`);
const order = (when: string): Sources => system(entity('order', fields), needing(when));
const over = (limit: string): string => `order.amount > money('${limit}')`;

export const approvals: readonly RuleCase[] = [
  holds({
    id: 'approval-threshold-raised',
    title: 'the threshold is raised from 10,000 to 20,000: only orders between are different',
    files: order(over('10000.00')),
    statement: {
      kind: 'preserved',
      of: 'rule/bigOrder',
      after: needing(over('20000.00')),
      except: "(order) => order.amount > money('10000.00') && order.amount <= money('20000.00')",
    },
    why: 'below both and above both the answers are the same',
  }),
  fails(
    {
      id: 'approval-threshold-and-status',
      title: 'the threshold is raised, and paid orders are let off as well',
      files: order(over('10000.00')),
      statement: {
        kind: 'preserved',
        of: 'rule/bigOrder',
        after: needing(`${over('20000.00')} && order.status === 'open'`),
        except: "(order) => order.amount > money('10000.00') && order.amount <= money('20000.00')",
      },
      why: 'a paid order of 30,000 needed one and does not any more',
    },
    { row: { amount: '30000.00', status: 'paid' } },
  ),
  fails(
    {
      id: 'approval-threshold-inclusive',
      title: 'while rewording, over became from ... on',
      files: order(over('10000.00')),
      statement: { kind: 'preserved', of: 'rule/bigOrder', after: needing("order.amount >= money('10000.00')") },
      why: 'exactly 10,000.00 needs one now',
    },
    { row: { amount: '10000.00' } },
  ),
  holds({
    id: 'approval-reworded',
    title: 'not at most is over',
    files: order(over('10000.00')),
    statement: { kind: 'preserved', of: 'rule/bigOrder', after: needing("!(order.amount <= money('10000.00'))") },
    why: 'amounts are required, and two amounts are always in order',
  }),
  fails(
    {
      id: 'approval-limit-in-cents',
      title: 'the new limit is a hundredth: cents were taken for euros',
      files: order(over('10000.00')),
      statement: {
        kind: 'preserved',
        of: 'rule/bigOrder',
        after: needing(`${over('100.00')}`),
        except: "(order) => order.amount > money('8000.00')",
      },
      why: 'an order of 200.00 needs one now',
    },
    { row: { amount: '200.00' } },
  ),
  holds({
    id: 'approval-abroad-added',
    title: 'orders from abroad need one over 5,000; at home nothing changes',
    files: order(over('10000.00')),
    statement: {
      kind: 'preserved',
      of: 'rule/bigOrder',
      after: needing(`${over('10000.00')} || (order.country !== 'home' && ${over('5000.00')})`),
      except: "(order) => order.country !== 'home'",
    },
    why: 'at home the new part is false',
  }),
  fails(
    {
      id: 'approval-abroad-alone',
      title: 'for orders from abroad the condition was narrowed, and those at home fall out',
      files: order(over('10000.00')),
      statement: {
        kind: 'preserved',
        of: 'rule/bigOrder',
        after: needing(`order.country !== 'home' && ${over('5000.00')}`),
        except: "(order) => order.country !== 'home'",
      },
      why: 'at home 10,000.01 needed one',
    },
    { row: { amount: '10000.01', country: 'home' } },
  ),
  holds({
    id: 'approval-hands-disjoint',
    title: 'clerk, manager and owner each have their own amounts',
    files: order(over('10000.00')),
    statement: {
      kind: 'disjoint',
      entity: 'order',
      conditions: {
        clerk: "(order) => order.amount < money('1000.00')",
        manager: "(order) => order.amount >= money('1000.00') && order.amount <= money('10000.00')",
        owner: "(order) => order.amount > money('10000.00')",
      },
    },
    why: 'no amount lies in two',
  }),
  fails(
    {
      id: 'approval-rush-in-two-hands',
      title: 'rush orders go to the manager, whatever the amount',
      files: order(over('10000.00')),
      statement: {
        kind: 'disjoint',
        entity: 'order',
        conditions: {
          clerk: "(order) => order.amount < money('1000.00')",
          manager: "(order) => order.amount >= money('1000.00') || (order.rush ?? false)",
        },
      },
      why: 'a small rush order is for both',
    },
    { row: { amount: '10.00', rush: true } },
  ),
];
