// SPDX-License-Identifier: MIT
pragma solidity =0.7.6;

interface PluggedPool {
    function sync() external;
    function skim() external;
}

/// A plugin of Algebra pools that sets their fees in every way they allow. Anyone may set it, so it is for local chains
/// only. It acts where the pool's plugin config has the flags: 1 before a swap, 4 before a position changes, and 128
/// for it to answer with a fee in place of the pool's.
contract AlgebraFeePlugin {
    uint24 public overrideFee;
    uint24 public pluginFee;
    uint24 public burnFee;

    /// Of the swaps that follow, in pips; 0: none.
    function setSwapFees(uint24 overrideFee_, uint24 pluginFee_) external {
        overrideFee = overrideFee_;
        pluginFee = pluginFee_;
    }

    /// Of the withdrawals that follow, in pips of the amounts.
    function setBurnFee(uint24 burnFee_) external {
        burnFee = burnFee_;
    }

    /// Takes what the pool has over its reserves, or makes it the reserves'.
    function skim(PluggedPool pool) external {
        pool.skim();
    }

    function sync(PluggedPool pool) external {
        pool.sync();
    }

    function beforeSwap(address, address, bool, int256, uint160, bool, bytes calldata)
        external
        view
        returns (bytes4, uint24, uint24)
    {
        return (this.beforeSwap.selector, overrideFee, pluginFee);
    }

    function beforeModifyPosition(address, address, int24, int24, int128 liquidityDelta, bytes calldata)
        external
        view
        returns (bytes4, uint24)
    {
        return (this.beforeModifyPosition.selector, liquidityDelta < 0 ? burnFee : 0);
    }

    function handlePluginFee(uint256, uint256) external pure returns (bytes4) {
        return this.handlePluginFee.selector;
    }
}

interface CustomPools {
    function createCustomPool(
        address deployer,
        address creator,
        address tokenA,
        address tokenB,
        bytes calldata data
    ) external returns (address);
}

/// A custom deployer of Algebra: a second pool of the same pair. Its pools have no plugin.
contract AlgebraCustomDeployer {
    function create(CustomPools factory, address tokenA, address tokenB) external returns (address) {
        return factory.createCustomPool(address(this), msg.sender, tokenA, tokenB, "");
    }

    function beforeCreatePoolHook(address, address, address, address, address, bytes calldata)
        external
        pure
        returns (address)
    {
        return address(0);
    }

    function afterCreatePoolHook(address, address, address) external {}
}
