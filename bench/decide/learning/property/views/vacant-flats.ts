/**
 * Flats that are vacant, the cheapest first.
 *
 * why: what to show to people who ask
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { view } from 'theseus/sdk';

export default view({
  id: 'v_vacant',
  name: 'vacantFlats',
  title: 'Vacant flats',
  from: 'flat',
  where: (flat) => flat.state === 'vacant',
  columns: {
    code: { label: 'Flat', value: (flat) => flat.code },
    address: { label: 'Address', value: (flat) => flat.building.address },
    rooms: { label: 'Rooms', value: (flat) => flat.rooms },
    area: { label: 'Area', value: (flat) => flat.area },
    rent: { label: 'Rent', value: (flat) => flat.targetRent },
  },
  order: ['rent'],
});
