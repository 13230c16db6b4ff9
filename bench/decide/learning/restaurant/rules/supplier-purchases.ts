/**
 * Suppliers see the purchases from themselves, and no others.
 *
 * why: what we pay elsewhere is our secret
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { access } from 'theseus/sdk';

export default access({
  id: 'r_supp',
  name: 'supplierPurchases',
  on: 'purchase',
  roles: ['supplier'],
  rows: (purchase, caller) => purchase.supplier.login === caller.id,
});
