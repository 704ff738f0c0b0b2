using NanoComm.Hil;

namespace NanoComm.Tests.Hil
{
    /// <summary>Its medium marks the factory keys as gone, and keeps them.</summary>
    internal sealed class KeepingBoard(IBenchClock clock, IBoardUnderTest board) : BoardProxy(clock, board)
    {
        private byte[] _factory;

        public override void Put(string name, byte[] content)
        {
            base.Put(name, content);
            _factory = name == "factory" ? content : _factory;
        }

        public override byte[] Read(string name) => name == "factory" ? _factory : base.Read(name);
    }
}
