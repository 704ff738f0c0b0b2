using System;
using System.Collections.Generic;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>What is between a line and the APDUs: HDLC, or the wrapper of TCP.</summary>
    public interface IDataLink
    {
        /// <summary>Frames or messages thrown away.</summary>
        int BadFrames { get; }

        /// <summary>Takes bytes from the line.</summary>
        /// <returns>What is to be sent, one after the other.</returns>
        IEnumerable<byte[]> Receive(ReadOnlySpan<byte> bytes);

        /// <summary>Takes bytes from the line while nobody listens.</summary>
        void Ignore(ReadOnlySpan<byte> bytes);

        /// <summary>The pause between two bytes was longer than one within a frame may be.</summary>
        void Pause();

        /// <summary>Forgets all that was opened, and what was begun.</summary>
        void Reset();
    }
}
