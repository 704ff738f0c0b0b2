using NanoComm.Echonet;

namespace NanoComm.Bench
{
    /// <summary>What the benchmarks ask.</summary>
    internal static class Frames
    {
        /// <summary>One Get of seven properties, as a controller reads a meter every few seconds: instantaneous power
        /// and currents, both registers, the minute's energy and both half-hour values.</summary>
        public static byte[] GetSeven => Get(Epc.InstantaneousPower, Epc.InstantaneousCurrents, Epc.NormalEnergy,
            Epc.ReverseEnergy, Epc.OneMinuteEnergy, Epc.NormalFixedTimeEnergy, Epc.ReverseFixedTimeEnergy);

        /// <summary>A Get from a controller to the meter.</summary>
        public static byte[] Get(params byte[] epcs)
        {
            var frame = new byte[EchonetFrame.PropertiesOffset + (2 * epcs.Length)];
            EchonetFrame.WriteHeader(frame, 0, 1, 0x05FF01, Eoj.LowVoltageMeter, Esv.Get);
            frame[EchonetFrame.OpcOffset] = (byte)epcs.Length;
            for (int i = 0; i < epcs.Length; i++)
            {
                frame[EchonetFrame.PropertiesOffset + (2 * i)] = epcs[i];
            }

            return frame;
        }
    }
}
