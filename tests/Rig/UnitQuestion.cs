using System;

namespace NanoComm.Rig
{
    /// <summary>The unit's own Get of D6, by which it learns that somebody is there where a datagram says.</summary>
    public static class UnitQuestion
    {
        private const int TidOffset = 2;

        /// <summary>The answer of a node with a controller to a frame.</summary>
        /// <param name="frame">What the unit sent.</param>
        /// <returns>Null when it is no such question.</returns>
        public static byte[] Answer(ReadOnlySpan<byte> frame)
        {
            if (Convert.ToHexString(frame[..2]) + Convert.ToHexString(frame[4..]) != "10810EF0010EF0016201D600")
            {
                return null;
            }

            byte[] answer = Convert.FromHexString("108100000EF0010EF0017201D6040105FF01");
            frame.Slice(TidOffset, sizeof(ushort)).CopyTo(answer.AsSpan(TidOffset));
            return answer;
        }
    }
}
