import { startThrowAwayServer } from '../server/index.ts';
import { openTrialDatabase } from '../trial/trial-database.ts';
import { prepareModel } from '../prepare/prepare-model.ts';
import { shopModel } from './shop-model.ts';
import { storeConformance } from './suite.ts';

storeConformance('in a transaction of the trial database', async () => {
  const server = await startThrowAwayServer();
  const trial = await openTrialDatabase(server.url('workshop', 'theseus_trial'));
  await trial.prepare(shopModel);
  const { store, end } = await trial.begin(prepareModel(shopModel));
  const opened = {
    store,
    prepare: trial.prepare,
    close: async (): Promise<void> => {
      await end();
      await trial.close();
      await server.stop();
    },
  };
  return opened;
});
