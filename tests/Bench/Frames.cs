using NanoComm.Echonet;

namespace NanoComm.Bench
{
    /// <summary>What the benchmarks ask.</summary>
    internal static class Frames
    {
        /// <summary>One Get of seven properties, as a controller reads a meter every few seconds: instantaneous power
        /// and currents, both registers, the minute's energy and both half-hour values.</summary>
        public static byte[] GetSeven => Get(Eoj.LowVoltageMeter, Epc.InstantaneousPower, Epc.InstantaneousCurrents, Epc.NormalEnergy,
            Epc.ReverseEnergy, Epc.OneMinuteEnergy, Epc.NormalFixedTimeEnergy, Epc.ReverseFixedTimeEnergy);

        /// <summary>The same of the bidirectional high-voltage meter, with demand and reactive energy.</summary>
        public static byte[] GetSevenHighVoltage => Get(Eoj.BidirectionalHighVoltageMeter, Epc.BidirectionalPower,
            Epc.BidirectionalCurrents, Epc.ActiveEnergy, Epc.LagEnergy, Epc.OneMinuteEnergy, Epc.FixedTimeActive,
            Epc.FixedTimeDemand);

        /// <summary>A Get from a controller to a meter.</summary>
        private static byte[] Get(int eoj, params byte[] epcs)
        {
            var frame = new byte[EchonetFrame.PropertiesOffset + (2 * epcs.Length)];
            EchonetFrame.WriteHeader(frame, 0, 1, 0x05FF01, eoj, Esv.Get);
            frame[EchonetFrame.OpcOffset] = (byte)epcs.Length;
            for (int i = 0; i < epcs.Length; i++)
            {
                frame[EchonetFrame.PropertiesOffset + (2 * i)] = epcs[i];
            }

            return frame;
        }
    }
}
