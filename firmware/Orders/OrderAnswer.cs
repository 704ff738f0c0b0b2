using System;
using NanoComm.Bytes;
using NanoComm.Dlms;
using NanoComm.Hal;
using NanoComm.MeterLink;
using NanoComm.Metering;
using NanoComm.Pairing;

namespace NanoComm.Orders
{
    /// <summary>
    /// Makes answers (docs/orders.md, "The answer"): version u8 (2) | own title 8 | order id 16 | number u32 | result u8 |
    /// number u32 and result u8 of the order recorded before | COSEM date-time 12 | body of a report | HMAC-SHA256 32 under
    /// the proof key over all before it.
    /// </summary>
    internal static class OrderAnswer
    {
        private const byte Version = 2;
        private const byte ReportVersion = 1;
        private const byte Unknown = 0xFF;
        private const int TitleAt = 1;
        private const int IdAt = TitleAt + SecurityContext.TitleLength;
        private const int NumberAt = IdAt + Order.IdLength;
        private const int ResultAt = NumberAt + 4;
        private const int BeforeAt = ResultAt + 1;
        private const int TimeAt = BeforeAt + OrderRecord.BeforeLength;
        private const int BodyAt = TimeAt + CosemTime.Length;
        private const int EpochAt = BodyAt + 1;
        private const int ReportAt = EpochAt + 4;

        /// <summary>Makes an answer.</summary>
        /// <param name="board">Has title and proof key.</param>
        /// <param name="record">The order's record.</param>
        /// <param name="result">What became of it.</param>
        /// <param name="time">The metering clock, or <see cref="MeterTime.Unknown"/>.</param>
        /// <param name="epoch">Epoch of the pairing.</param>
        /// <param name="report">Tells the unit's state; null for an answer without body.</param>
        public static byte[] Make(IBoard board, OrderRecord record, OrderResult result, long time, uint epoch, IRouteBReport report)
        {
            var title = new byte[SecurityContext.TitleLength];
            IMac proof = FactoryKeys.OpenProof(board, title);
            int end = report == null ? BodyAt : ReportAt + report.Length;
            var answer = new byte[end + proof.Length];
            answer[0] = Version;
            Array.Copy(title, 0, answer, TitleAt, title.Length);
            Array.Copy(record.Bytes, 4, answer, IdAt, Order.IdLength);
            Array.Copy(record.Bytes, 0, answer, NumberAt, 4);
            answer[ResultAt] = (byte)result;
            Array.Copy(record.Bytes, OrderRecord.Before, answer, BeforeAt, OrderRecord.BeforeLength);
            WriteTime(time, answer);
            if (report != null)
            {
                answer[BodyAt] = ReportVersion;
                BigEndian.WriteU32(answer, EpochAt, epoch);
                report.Write(answer, ReportAt, proof);
            }

            var code = new byte[proof.Length];
            proof.Compute(answer, 0, end, code);
            proof.Forget();
            Array.Copy(code, 0, answer, end, code.Length);
            return answer;
        }

        private static void WriteTime(long time, byte[] answer)
        {
            if (time != MeterTime.Unknown)
            {
                var bytes = new byte[CosemTime.Length];
                CosemTime.Write(time, bytes);
                Array.Copy(bytes, 0, answer, TimeAt, bytes.Length);
                return;
            }

            for (int i = 0; i < CosemTime.Length; i++)
            {
                answer[TimeAt + i] = Unknown;
            }
        }
    }
}
