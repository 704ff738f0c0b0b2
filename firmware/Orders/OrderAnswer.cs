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
    /// COSEM date-time 12 | body of a report | HMAC-SHA256 32 under the proof key over all before it.
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
        private const int TimeAt = ResultAt + 1;
        private const int BodyAt = TimeAt + CosemTime.Length;
        private const int EpochAt = BodyAt + 1;
        private const int ReportAt = EpochAt + 4;

        /// <summary>Makes an answer.</summary>
        /// <param name="board">Has title and proof key.</param>
        /// <param name="head">Number u32 | order id 16, of the order.</param>
        /// <param name="result">What became of it.</param>
        /// <param name="time">The metering clock, or <see cref="MeterTime.Unknown"/>.</param>
        /// <param name="epoch">Epoch of the pairing.</param>
        /// <param name="report">Tells the unit's state; null for an answer without body.</param>
        public static byte[] Make(IBoard board, byte[] head, OrderResult result, long time, uint epoch, IRouteBReport report)
        {
            var title = new byte[SecurityContext.TitleLength];
            IMac proof = FactoryKeys.OpenProof(board, title);
            int end = report == null ? BodyAt : ReportAt + report.Length;
            var answer = new byte[end + proof.Length];
            answer[0] = Version;
            Array.Copy(title, 0, answer, TitleAt, title.Length);
            Array.Copy(head, 4, answer, IdAt, Order.IdLength);
            Array.Copy(head, 0, answer, NumberAt, 4);
            answer[ResultAt] = (byte)result;
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
            var bytes = new byte[CosemTime.Length];
            if (time != MeterTime.Unknown)
            {
                CosemTime.Write(time, bytes);
            }

            for (int i = 0; i < bytes.Length; i++)
            {
                answer[TimeAt + i] = time == MeterTime.Unknown ? Unknown : bytes[i];
            }
        }
    }
}
