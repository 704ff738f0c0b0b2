using NanoComm.Esp32;
using NanoComm.Hal;

namespace NanoComm.Esp32RouteB
{
    /// <summary>The program of the low-voltage board.</summary>
    public static class Program
    {
        /// <summary>Runs the unit.</summary>
        public static void Main()
        {
            DeviceProgram.Run(MakeBoard);
        }

        private static Esp32Board MakeBoard(IClock clock, ILog log)
        {
            return new Esp32RouteBBoard(clock, log);
        }
    }
}
