using System;
using System.Threading;
using NanoComm.Hal;
using NanoComm.Hal.Esp32;
using nanoFramework.Runtime.Native;

namespace NanoComm.Esp32RouteB
{
    /// <summary>Starts the unit. Main never returns: whatever fails ends in a restart, and starting is repeatable.</summary>
    public static class Program
    {
        // Long enough for nanoff or the debugger to get hold of a unit that restarts again and again.
        private const int RestartPause = 10000;

        /// <summary>Runs the unit, and restarts it should it ever come back.</summary>
        public static void Main()
        {
            var clock = new Esp32Clock();
            var log = new DebugLog(clock);
            try
            {
                Run(clock, log);
            }
            catch (Exception failure)
            {
                log.Write(LogLevel.Error, "main", failure.Message);
            }

            Thread.Sleep(RestartPause);
            Power.RebootDevice();
            Thread.Sleep(Timeout.Infinite);
        }

        private static void Run(IClock clock, ILog log)
        {
            log.Write(LogLevel.Info, "main", "firmware image " + SystemInfo.TargetName + " "
                + SystemInfo.Version.ToString());
            var board = new Esp32RouteBBoard(clock, log);

            var unit = new CommunicationUnit(
                board, null, new UnitSettings(UnitIdentity.Create(board.Network.PhysicalAddress)));
            unit.Start();
            if (!board.Wifi.Start())
            {
                log.Write(LogLevel.Info, "main", "Wi-Fi stays off: no network configuration is deployed");
            }

            new Esp32Supervisor(board, board.Esp32Loops).Run();
        }
    }
}
