using System;

namespace NanoComm.Tool
{
    /// <summary>Carries APDUs to a metering unit and its answers back.</summary>
    internal interface IMeterLink : IDisposable
    {
        /// <summary>What is at the other end, for people.</summary>
        string Name { get; }

        /// <summary>Opens the data link, whatever was before.</summary>
        void Connect();

        /// <summary>Sends an APDU and waits for the answer.</summary>
        /// <exception cref="NanoComm.CommandLine.UserError">None came, or what came makes no sense.</exception>
        byte[] Exchange(byte[] apdu);
    }
}
