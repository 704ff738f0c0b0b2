using System;
using System.Net;
using NanoComm.Simulators;

namespace NanoComm.Hil
{
    /// <summary>A board as the bench sees it: two lines, datagrams, power, records, a log. Off at first.</summary>
    public interface IBoardUnderTest : IDisposable
    {
        /// <summary>A line of its log; on the bench's clock.</summary>
        event Action<BoardLogLine> Logged;

        /// <summary>What it is called.</summary>
        string Name { get; }

        /// <summary>The bench's end of the line to the metering unit.</summary>
        IByteLine MeteringLine { get; }

        /// <summary>The bench's end of the line to the Wi-SUN module, or null.</summary>
        IByteLine WiSunLine { get; }

        /// <summary>Its records, or null.</summary>
        IBoardRecords Records { get; }

        /// <summary>Why something cannot be had of it.</summary>
        /// <param name="ability">What.</param>
        /// <returns>Null when it can.</returns>
        string Lacks(BoardAbility ability);

        /// <summary>Gives it power. Where it cannot be switched, it is on.</summary>
        void PowerOn();

        /// <summary>Takes its power, in the middle of whatever it does.</summary>
        void PowerOff();

        /// <summary>A way for datagrams from an address of the bench's to the board and back; each one <see cref="IByteLine.Send"/>
        /// and one <see cref="IByteLine.Received"/>.</summary>
        /// <param name="number">Which address, 0 and up.</param>
        IByteLine OpenTerminal(int number);

        /// <summary>That address.</summary>
        /// <param name="number">Which, 0 and up.</param>
        IPAddress AddressOf(int number);

        /// <summary>What it takes of the PC it runs on; null when that is not seen.</summary>
        BoardResources Measure();
    }
}
