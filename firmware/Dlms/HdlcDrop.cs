namespace NanoComm.Dlms
{
    /// <summary>Why the receiver did not take something for a frame. Index of its counters.</summary>
    public enum HdlcDrop
    {
        /// <summary>A flag, and no format type 3 behind it.</summary>
        Format = 0,

        /// <summary>A length that no frame of this link has.</summary>
        Length = 1,

        /// <summary>The header check sequence is wrong.</summary>
        Hcs = 2,

        /// <summary>The frame check sequence is wrong.</summary>
        Fcs = 3,

        /// <summary>No flag where the frame should end.</summary>
        NoEnd = 4,

        /// <summary>The line fell silent within the frame.</summary>
        Silence = 5,

        /// <summary>A good frame, but not from our server or not to us.</summary>
        Address = 6,
    }
}
