import { openLiveAccount } from '../aws-live/live-account.js';
import { liveContracts } from '../aws-live/live-contracts.js';
import { CloudSession } from '../aws-model/cloud-session.js';
import { Cloud } from '../aws-model/cloud.js';
import { startWireServer } from '../aws-model/wire/wire-server.js';

const open = async () => {
  const cloud = new Cloud({
    region: 'us-east-1',
    accountId: '123456789012',
    now: () => new Date('2026-01-01T00:00:00.789Z'),
    tables: [],
    clusters: [],
    logGroups: [],
    roles: [],
    pageSize: 100,
  });
  const server = await startWireServer(new CloudSession(cloud));
  const account = await openLiveAccount({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    project: 'wire',
  });
  return {
    ...account,
    close: async () => {
      await account.close();
      await server.close();
    },
  };
};

// What `npm run test:aws` does with an endpoint that somebody names, here with the model: an account in which nothing is.
liveContracts('aws over the wire', open, { hasTime: false });
