import type { Runner } from '../../runner.js';
import type { Translation } from '../script.js';
import { fetchBackendLogs } from './backend-logs.js';
import { fetchLogsByExecutionId } from './execution-logs.js';
import { getImage, listImages } from './images.js';
import { killTask } from './kill-task.js';
import { registerImage } from './register-image.js';
import { removeImage } from './remove-image.js';
import { startTask } from './start-task.js';

/** For each method: what one party asks for, told from what the other one did. */
export const translations: Readonly<Record<keyof Runner, Translation>> = {
  startTask,
  killTask,
  registerImage,
  listImages,
  getImage,
  removeImage,
  fetchLogsByExecutionId,
  fetchBackendLogs,
};
