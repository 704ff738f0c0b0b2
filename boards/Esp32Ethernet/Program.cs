using NanoComm.Esp32;
using NanoComm.Hal;

namespace NanoComm.Esp32Ethernet
{
    /// <summary>The program of the high-voltage board.</summary>
    public static class Program
    {
        /// <summary>Runs the unit.</summary>
        public static void Main()
        {
            DeviceProgram.Run(MakeBoard);
        }

        private static Esp32Board MakeBoard(IClock clock, ILog log)
        {
            return new Esp32EthernetBoard(clock, log);
        }
    }
}
