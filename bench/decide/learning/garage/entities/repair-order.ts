/**
 * A repair order is what we do with one car on one visit.
 *
 * why: without an order nobody lifts a spanner
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { boolean, choice, date, daysBetween, entity, integer, money, reference, type Row, sum, text } from 'theseus/sdk';
import repairDiscount from '../rules/repair-discount.ts';
import storageFee from '../rules/storage-fee.ts';

export default entity({
  id: 'e_order',
  name: 'repairOrder',
  plural: 'repairOrders',
  title: 'number',
  fields: {
    number: text({ id: 'f_ornumb', no: 1, required: true, unique: true }),
    car: reference({ id: 'f_orcar', no: 2, to: 'car', required: true }),
    mechanic: reference({ id: 'f_ormech', no: 3, to: 'mechanic' }),
    kind: choice({
      id: 'f_orkind',
      no: 4,
      choices: { repair: 'c_krep', inspection: 'c_kinsp', tyres: 'c_ktyre', bodywork: 'c_kbody' },
      default: 'repair',
    }),
    complaint: text({ id: 'f_orcomp', no: 5, required: true, max: 300 }),
    openedOn: date({ id: 'f_oropen', no: 6, required: true }),
    promisedFor: date({ id: 'f_orprom', no: 7 }),
    finishedOn: date({ id: 'f_orfin', no: 8 }),
    collectedOn: date({ id: 'f_orcoll', no: 9 }),
    state: choice({
      id: 'f_orstate',
      no: 10,
      choices: {
        planned: 'c_splan',
        working: 'c_swork',
        waiting: 'c_swait',
        finished: 'c_sfin',
        collected: 'c_scoll',
        cancelled: 'c_scanc',
      },
      default: 'planned',
    }),
    ownerAgreed: boolean({ id: 'f_oragree', no: 11, default: false }),
    estimate: money({ id: 'f_orest', no: 12, min: '0.00', default: '0.00' }),
    hours: integer({ id: 'f_orhours', no: 13, min: 0, max: 80, default: 0 }),
    labour: money({
      id: 'f_orlab',
      no: 14,
      live: (order: Row<'repairOrder'>) => (order.hours ?? 0) * (order.mechanic?.hourlyRate ?? money('75.00')),
    }),
    partsTotal: money({ id: 'f_orparts', no: 15, live: (order: Row<'repairOrder'>) => sum(order.partUses, (use) => use.value) }),
    discount: money({
      id: 'f_ordisc',
      no: 16,
      fixed: { while: (order: Row<'repairOrder'>) => order.state !== 'collected', formula: repairDiscount, otherwise: money('0.00') },
    }),
    storageFee: money({ id: 'f_orstor', no: 17, live: storageFee }),
    total: money({
      id: 'f_ortot',
      no: 18,
      live: (order: Row<'repairOrder'>) =>
        order.labour + order.partsTotal - (order.discount ?? money('0.00')) + (order.storageFee ?? money('0.00')),
    }),
    daysInYard: integer({
      id: 'f_ordays',
      no: 19,
      live: (order: Row<'repairOrder'>) => daysBetween(order.openedOn, order.collectedOn ?? order.finishedOn ?? order.openedOn),
    }),
  },
  invariants: {
    notPromisedBefore: {
      holds: (order: Row<'repairOrder'>) => order.promisedFor === undefined || order.promisedFor >= order.openedOn,
      message: 'a car cannot be promised for a day before it came',
    },
    finishedAfter: {
      holds: (order: Row<'repairOrder'>) => order.finishedOn === undefined || order.finishedOn >= order.openedOn,
      message: 'an order cannot be finished before it was opened',
    },
    workNeedsMechanic: {
      holds: (order: Row<'repairOrder'>) => order.state !== 'working' || order.mechanic !== undefined,
      message: 'an order that is worked on has a mechanic',
    },
  },
});
