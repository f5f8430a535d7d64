export type {
  Appended,
  ConsumerName,
  DeadLetter,
  Delivery,
  Message,
  MessageId,
  QueueDriver,
  QueueStats,
  ReadOptions,
  Receipt,
} from './driver.ts';
