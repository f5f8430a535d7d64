import { type LogLabels, type LogLine, type LogRecord, logLabels } from '@aegisguard/model';

/** A record as LogQL sees it. Its labels are made when somebody asks for them, and once. */
export class RecordLine implements LogLine {
  private known: LogLabels | undefined;

  constructor(readonly record: LogRecord) {}

  get timestamp(): bigint {
    return this.record.timestamp;
  }

  get line(): string {
    return this.record.message;
  }

  get labels(): LogLabels {
    this.known ??= logLabels(this.record);
    return this.known;
  }
}
