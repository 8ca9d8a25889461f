// SPDX-License-Identifier: MIT
pragma solidity =0.7.6;
pragma abicoder v2;

interface V4Manager {
    function unlock(bytes calldata data) external returns (bytes memory);
    function exttload(bytes32 slot) external view returns (bytes32);
    function sync(address currency) external;
    function settle() external payable returns (uint256);
    function take(address currency, address to, uint256 amount) external;
}

interface Token {
    function transferFrom(address from, address to, uint256 value) external returns (bool);
}

/// Uses the v4 pool manager without the position manager, as vaults and routers do. The positions it opens are its own,
/// told apart by their salts. Whoever is named as payer pays, if it approved this contract; anyone may call anything,
/// so it is for local chains only.
contract V4Caller {
    receive() external payable {}

    /// Unlocks the manager, makes the calls to it, then pays what is owed in each currency and takes what is due.
    function run(V4Manager manager, bytes[] calldata calls, address[] calldata currencies, address payer)
        external
        payable
    {
        manager.unlock(abi.encode(calls, currencies, payer));
        if (address(this).balance > 0) {
            (bool ok, ) = payer.call{value: address(this).balance}("");
            require(ok, "ether refused");
        }
    }

    function unlockCallback(bytes calldata data) external returns (bytes memory) {
        (bytes[] memory calls, address[] memory currencies, address payer) =
            abi.decode(data, (bytes[], address[], address));
        for (uint256 i = 0; i < calls.length; i++) {
            (bool ok, bytes memory answer) = msg.sender.call(calls[i]);
            if (!ok) {
                assembly {
                    revert(add(answer, 32), mload(answer))
                }
            }
        }
        for (uint256 i = 0; i < currencies.length; i++) close(V4Manager(msg.sender), currencies[i], payer);
        return "";
    }

    function close(V4Manager manager, address currency, address payer) private {
        int256 delta = int256(manager.exttload(keccak256(abi.encode(address(this), currency))));
        if (delta > 0) manager.take(currency, payer, uint256(delta));
        if (delta >= 0) return;
        manager.sync(currency);
        if (currency == address(0)) {
            manager.settle{value: uint256(-delta)}();
        } else {
            Token(currency).transferFrom(payer, address(manager), uint256(-delta));
            manager.settle();
        }
    }
}
